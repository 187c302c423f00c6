/** A history of as many bytes as one of a real account may have. */
export function longHistory(count: number, characters: number): string {
  const text = 'x"'.repeat(characters / 2);
  const rows = Array.from({ length: count }, (_, index) => {
    const ended = index % 2 === 1;
    const details = { name: `State ${(index >> 1) % 50}`, [ended ? 'output' : 'input']: JSON.stringify({ text }) };
    return {
      ...{ id: index + 1, previousEventId: index, timestamp: 1_796_000_000 + index },
      type: ended ? 'PassStateExited' : 'PassStateEntered',
      [ended ? 'stateExitedEventDetails' : 'stateEnteredEventDetails']: details,
    };
  });
  return JSON.stringify({ events: rows });
}
