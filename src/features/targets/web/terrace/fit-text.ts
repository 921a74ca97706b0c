// Close enough for captions: CJK glyphs are square, Latin ones a little over half as wide.
const wide = /[\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef]/

/** About how wide a text is drawn, in pixels. */
export function textWidth(text: string, fontSize: number): number {
  return [...text].reduce((sum, letter) => sum + (wide.test(letter) ? fontSize : fontSize * 0.63), 0)
}

/** As much of the text as fits, ended by "…"; nothing when not even two letters fit. */
export function fitText(text: string, room: number, fontSize: number): string {
  if (textWidth(text, fontSize) <= room) return text
  const letters = [...text]
  while (letters.length > 0 && textWidth(`${letters.join('')}…`, fontSize) > room) letters.pop()
  return letters.length >= 2 ? `${letters.join('').trimEnd()}…` : ''
}
