const letters = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

/** 统一社会信用代码 without spaces and joining marks, in capital letters. */
export function bareCreditCode(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-–—_.]+/g, '')
}

/** Whether a bare code has the 18 characters and the check character of GB 32100-2015. */
export function isCreditCode(code: string): boolean {
  return code.length === 18 && code.at(-1) === checkCharacterOf(code.slice(0, 17))
}

/** The last character of a code whose first 17 are given; undefined if one of them cannot stand in a code. */
export function checkCharacterOf(body: string): string | undefined {
  if (body.length !== weights.length) return undefined
  let sum = 0
  for (const [at, weight] of weights.entries()) {
    const value = letters.indexOf(body.charAt(at))
    if (value < 0) return undefined
    sum += value * weight
  }
  return letters.charAt((31 - (sum % 31)) % 31)
}
