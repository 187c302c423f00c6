/** Bodies of handlers that use up memory, each in another way. */
export const memoryBombs = [
  'const all = new Set(); for (let i = 0; ; i++) all.add("k" + i);',
  'const all = new Map(); for (let i = 0; ; i++) all.set("k" + i, i);',
  'const all = {}; for (let i = 0; ; i++) all["k" + i] = i;',
  'const all = []; for (let i = 0; ; i++) all.push(i + 0.5);',
  'const all = []; for (;;) all.push("a,".repeat(1e6).split(","));',
  'const all = []; for (let i = 0; ; i++) all.push("x".repeat(1e6) + i);',
  'const all = []; for (;;) all.push(Buffer.alloc(1e6, 1));',
  'return new Array(5e8).fill(1).length;',
  'const all = []; for (;;) all.push(new Array(10_000).fill({}));',
  'for (;;) { require("node:worker_threads").parentPort.postMessage(Buffer.alloc(1e6, 1)); }',
];

/** An object that holds itself twice, so many levels deep. */
const doubling = '$p := function($s, $n) { $n = 0 ? $s : $p({"a": $s, "b": $s}, $n - 1) }';

/** Expressions that take more time or memory than anybody has. */
export const expressions = [
  "$count($distinct([1..60000].{'a': $}))",
  "$count($match($pad('', 2000000, 'a'), /a/))",
  "$length($pad('', 200000000, 'x'))",
  "$length($base64encode($pad('', 135000000, 'x')))",
  '($f := function($n) { $f($n) }; $f(0))',
  '($p := function($s, $n) { $n = 0 ? $s : $p($s & $s, $n - 1) }; $length($p("x", 40)))',
  '$count($filter([1..50000], function($x) { $x in [1..50000] }))',
  `$contains("${'a'.repeat(40)}!", /^(a+)+$/)`,
  `(${doubling}; $p(1, 26) = $p(1, 26))`,
  `$toMillis('${'one '.repeat(60)}!', '[Yw][Mw][Dw][Hw][mw][sw]')`,
];
