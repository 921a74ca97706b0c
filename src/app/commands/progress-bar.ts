const barWidth = 30

/** Draws how far something is, from 0 to 1, on one line of a terminal; elsewhere it keeps quiet. */
export function drawProgress(share: number, words: string): void {
  if (!process.stderr.isTTY) return
  const bar = '█'.repeat(Math.round(share * barWidth)).padEnd(barWidth, '░')
  process.stderr.write(`\r\u001B[K${bar} ${Math.floor(share * 100)}% ${words}${share === 1 ? '\n' : ''}`)
}
