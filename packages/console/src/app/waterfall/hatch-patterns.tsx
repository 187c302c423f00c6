/** Patterns that the style sheet fills idle and stuck time with. */
export const HatchPatterns = () => (
  <svg class="hatch" width="0" height="0" aria-hidden="true">
    <defs>
      {['hatch', 'hatch-stuck'].map((id) => (
        <pattern key={id} id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="6" height="6" />
          <path d="M0 0v6" />
        </pattern>
      ))}
    </defs>
  </svg>
);
