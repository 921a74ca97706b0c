import { createToken, Lexer, type IToken, type TokenType } from 'chevrotain'

/** What a word may consist of without quotation marks; one dot belongs to it, two are a range. */
const word = /(?:[^\s"“”「」()（）,，、:：=＝<＜>＞!！^*~≤≥≠.]|\.(?!\.))+/

const Space = createToken({ name: 'Space', pattern: /\s+/, group: Lexer.SKIPPED })
export const Word = createToken({ name: 'Word', pattern: word })
/** Thousands separators make one number of what would be several values. */
const Grouped = createToken({
  name: 'Grouped',
  pattern: /[¥￥$€£-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,.])[万亿千百kmbw]?元?/i,
  categories: Word,
})
export const Quoted = createToken({ name: 'Quoted', pattern: /"(?:[^"\\]|\\[\s\S])*"|“[^”]*”|「[^」]*」/ })
export const And = createToken({ name: 'And', pattern: /and|&&?|并且|而且|且/i, longer_alt: Word })
export const Or = createToken({ name: 'Or', pattern: /or|\|\|?|或者|或/i, longer_alt: Word })
export const Where = createToken({ name: 'Where', pattern: /where|其中/i, longer_alt: Word })
export const Aggregate = createToken({
  name: 'Aggregate',
  pattern: /(?:count|sum|min|max|avg|个数|合计|最小|最大|平均)(?=\s*[(（])/i,
})
export const LParen = createToken({ name: 'LParen', pattern: /[(（]/ })
export const RParen = createToken({ name: 'RParen', pattern: /[)）]/ })
export const Comma = createToken({ name: 'Comma', pattern: /[,，、]/ })
export const Range = createToken({ name: 'Range', pattern: /\.\./ })
/** Any of the signs between a field and its values. */
export const Compares = createToken({ name: 'Compares', pattern: Lexer.NA })
const sign = (name: string, pattern: RegExp) => createToken({ name, pattern, categories: Compares })
const signs = [
  sign('Le', /[<＜][=＝]|≤/),
  sign('Ge', /[>＞][=＝]|≥/),
  sign('Ne', /[!！][=＝]|<>|≠/),
  sign('Contains', /\*[=＝]|~/),
  sign('Starts', /\^[=＝]/),
  sign('Lt', /[<＜]/),
  sign('Gt', /[>＞]/),
  sign('Eq', /[=＝]/),
  sign('Colon', /[:：]/),
]
export const Everything = createToken({ name: 'Everything', pattern: /\*/ })

const comesBeforeValue = (token: IToken | undefined) =>
  token !== undefined &&
  (token.tokenType.CATEGORIES?.includes(Compares) || token.tokenType === Comma || token.tokenType === Range)

/** A minus sign negates where a condition may begin; before a value it is the value's own. */
function negation(text: string, at: number, before: readonly IToken[]): RegExpExecArray | null {
  const last = before.at(-1)
  const isInList = last?.tokenType === LParen && comesBeforeValue(before.at(-2))
  if (comesBeforeValue(last) || isInList) return null
  return /^(?:[-!！](?=[^\s=＝])|not(?![^\s()（）"“-])|非(?=[\s(（]))/i.exec(text.slice(at, at + 6))
}
export const Not = createToken({
  name: 'Not',
  pattern: { exec: negation },
  start_chars_hint: ['-', '!', '！', 'n', 'N', '非'],
  line_breaks: false,
})

export const tokenTypes: TokenType[] = [
  Space, Quoted, LParen, RParen, ...signs, Compares, Comma, Range, Not, Everything, Aggregate, And, Or, Where, Grouped, Word,
] // prettier-ignore

export const lexer = new Lexer(tokenTypes, { positionTracking: 'onlyOffset' })

/** Whether a text is one word to the lexer, and no word of the language. */
export function isBareWord(text: string): boolean {
  const { tokens, errors } = lexer.tokenize(text)
  const [only] = tokens
  return errors.length === 0 && tokens.length === 1 && only?.tokenType === Word && only.image === text
}
