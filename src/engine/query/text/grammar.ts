import { EmbeddedActionsParser, EOF, type IToken, type ParserMethod } from 'chevrotain'
import type { Label } from '#base/label.ts'
import {
  Aggregate, And, Comma, Compares, Everything, lexer, LParen, Not, Or, Quoted, Range, RParen, tokenTypes, Where, Word,
} from './tokens.ts' // prettier-ignore
import { longestText } from './longest-text.ts'
import type { Piece, Stretch, TextFault, Written, WrittenCondition, WrittenOp, WrittenValue } from './written.ts'

const words = {
  syntax: { zh: '这里读不懂“{text}”', en: 'Cannot read “{text}” here' },
  unfinished: { zh: '还没写完', en: 'Something is missing at the end' },
  quote: { zh: '引号没有结束', en: 'The quotation mark is not closed' },
  deep: { zh: '括号嵌套太深', en: 'The parentheses are nested too deeply' },
  long: { zh: '筛选文字太长', en: 'The text of the filter is too long' },
} satisfies Record<string, Label>

const deepestParentheses = 40

const span = (first: Stretch, last: Stretch): Stretch => ({ from: first.from, to: last.to })
const place = (token: IToken): Stretch => ({ from: token.startOffset, to: token.startOffset + token.image.length })

const opByToken: Readonly<Record<string, WrittenOp>> = {
  Le: '<=', Ge: '>=', Ne: '!=', Contains: '*=', Starts: '^=', Lt: '<', Gt: '>', Eq: '=', Colon: ':',
} // prettier-ignore

const opOf = (sign: IToken): WrittenOp => opByToken[sign.tokenType.name] ?? ':'

/**
 * filter = and { or and }; and = unary { [and] unary }; unary = { not } one
 * one = ( filter ) | * | figure | word [sign values]; figure = aggregate ( word [where filter] ) sign values
 * values = ( [value { , value }] ) | value { , value }; value = word [.. [word]] | .. word
 */
class FilterParser extends EmbeddedActionsParser {
  constructor() {
    super(tokenTypes, { maxLookahead: 2 })
    this.performSelfAnalysis()
  }

  readonly filter: ParserMethod<[], Written> = this.RULE('filter', () => {
    const parts = [this.SUBRULE(this.all)]
    this.MANY(() => {
      this.CONSUME(Or)
      parts.push(this.SUBRULE2(this.all))
    })
    return this.ACTION(() => joined('or', parts))
  })

  private readonly all: ParserMethod<[], Written> = this.RULE('all', () => {
    const parts = [this.SUBRULE(this.unary)]
    this.MANY(() => {
      this.OPTION(() => this.CONSUME(And))
      parts.push(this.SUBRULE2(this.unary))
    })
    return this.ACTION(() => joined('and', parts))
  })

  private readonly unary: ParserMethod<[], Written> = this.RULE('unary', () => {
    const negations: IToken[] = []
    this.MANY(() => negations.push(this.CONSUME(Not)))
    const one = this.SUBRULE(this.one)
    return this.ACTION(() =>
      negations.reduceRight<Written>((part, token) => ({ kind: 'not', part, ...span(place(token), part) }), one),
    )
  })

  private readonly one: ParserMethod<[], Written> = this.RULE('one', () =>
    this.OR([
      { ALT: () => this.SUBRULE(this.group) },
      { ALT: () => ({ kind: 'everything' as const, ...place(this.CONSUME(Everything)) }) },
      { ALT: () => this.SUBRULE(this.figure) },
      { ALT: () => this.SUBRULE(this.condition) },
    ]),
  )

  private readonly group: ParserMethod<[], Written> = this.RULE('group', () => {
    const open = this.CONSUME(LParen)
    const inner = this.SUBRULE(this.filter)
    const close = this.CONSUME(RParen)
    return this.ACTION(() => ({ ...inner, ...span(place(open), place(close)) }))
  })

  private readonly figure: ParserMethod<[], Written> = this.RULE('figure', () => {
    const aggregate = pieceOf(this.CONSUME(Aggregate))
    this.CONSUME(LParen)
    const target = this.SUBRULE(this.piece)
    const where = this.OPTION(() => {
      this.CONSUME(Where)
      return this.SUBRULE(this.filter)
    })
    this.CONSUME(RParen)
    const compared = this.SUBRULE(this.compared)
    return this.ACTION<Written>(() => ({
      kind: 'figure',
      aggregate,
      target,
      ...(where ? { where } : {}),
      ...compared,
      from: aggregate.from,
    }))
  })

  private readonly condition: ParserMethod<[], Written> = this.RULE('condition', () => {
    const path = this.SUBRULE(this.piece)
    const compared = this.OPTION(() => this.SUBRULE(this.compared))
    return this.ACTION<Written>(() =>
      compared
        ? { kind: 'condition', path, ...compared, from: path.from }
        : { kind: 'word', word: path, from: path.from, to: path.to },
    )
  })

  private readonly compared: ParserMethod<[], Omit<WrittenCondition, 'kind' | 'path'>> = this.RULE('compared', () => {
    const sign = this.CONSUME(Compares)
    const values: WrittenValue[] = []
    let isList = false
    let end = place(sign)
    this.OR([
      {
        ALT: () => {
          this.CONSUME(LParen)
          this.MANY_SEP({ SEP: Comma, DEF: () => values.push(this.SUBRULE(this.value)) })
          end = place(this.CONSUME(RParen))
          isList = true
        },
      },
      {
        ALT: () => {
          this.AT_LEAST_ONE_SEP({ SEP: Comma, DEF: () => values.push(this.SUBRULE2(this.value)) })
          this.ACTION(() => {
            isList = values.length > 1
            end = values.at(-1) ?? end
          })
        },
      },
    ])
    return this.ACTION(() => ({ op: opOf(sign), values, isList, from: sign.startOffset, to: end.to }))
  })

  private readonly value: ParserMethod<[], WrittenValue> = this.RULE('value', () =>
    this.OR([
      {
        ALT: () => {
          const dots = place(this.CONSUME(Range))
          const high = this.SUBRULE(this.piece)
          return this.ACTION(() => ({ high, isRange: true, ...span(dots, high) }))
        },
      },
      {
        ALT: () => {
          const low = this.SUBRULE2(this.piece)
          const rest = this.OPTION(() => {
            const dots = this.CONSUME2(Range)
            const high = this.OPTION2({
              // With a space between, the next word is a condition of its own.
              GATE: () => this.LA(1).startOffset === dots.startOffset + dots.image.length,
              DEF: () => this.SUBRULE3(this.piece),
            })
            return { high, end: high ?? place(dots) }
          })
          return this.ACTION(() =>
            rest
              ? { low, ...(rest.high ? { high: rest.high } : {}), isRange: true, ...span(low, rest.end) }
              : { low, isRange: false, from: low.from, to: low.to },
          )
        },
      },
    ]),
  )

  private readonly piece: ParserMethod<[], Piece> = this.RULE('piece', () =>
    this.OR([{ ALT: () => pieceOf(this.CONSUME(Word)) }, { ALT: () => pieceOf(this.CONSUME(Quoted)) }]),
  )
}

const parser = new FilterParser()

function joined(kind: 'and' | 'or', parts: readonly Written[]): Written {
  const [first] = parts
  const last = parts.at(-1)
  if (!first || !last) return { kind: 'everything', from: 0, to: 0 }
  return parts.length === 1 ? first : { kind, parts, ...span(first, last) }
}

function pieceOf(token: IToken): Piece {
  const isQuoted = token.tokenType === Quoted
  const inner = token.image.slice(1, -1)
  const text = !isQuoted ? token.image : token.image.startsWith('"') ? inner.replaceAll(/\\([\s\S])/g, '$1') : inner
  return { text, isQuoted, ...place(token) }
}

export type Parsed = { readonly written: Written | undefined } | { readonly fault: TextFault }

/** Reads the grammar of a text; nothing written is undefined. */
export function parseText(text: string): Parsed {
  if (text.length > longestText) return faultAt('long', { from: longestText, to: text.length })
  const { tokens, errors } = lexer.tokenize(text)
  const [odd] = errors
  if (odd) {
    const isQuote = /["“「]/.test(text.charAt(odd.offset))
    const stretch = { from: odd.offset, to: isQuote ? text.length : odd.offset + odd.length }
    return faultAt(isQuote ? 'quote' : 'syntax', stretch, text.slice(stretch.from, stretch.to))
  }
  if (tokens.length === 0) return { written: undefined }
  const tooDeep = deepestOf(tokens)
  if (tooDeep) return faultAt('deep', place(tooDeep))
  parser.input = tokens
  const written = parser.filter()
  const [error] = parser.errors
  if (!error) return { written }
  const { token } = error
  if (token.tokenType === EOF) return faultAt('unfinished', { from: text.length, to: text.length })
  return faultAt('syntax', place(token), token.image)
}

/** The parenthesis at which a text goes deeper than a parser should follow. */
function deepestOf(tokens: readonly IToken[]): IToken | undefined {
  let depth = 0
  return tokens.find(({ tokenType }) => {
    depth += tokenType === LParen ? 1 : tokenType === RParen ? -1 : 0
    return depth > deepestParentheses
  })
}

function faultAt(code: keyof typeof words, stretch: Stretch, text = ''): Parsed {
  return { fault: { ...stretch, code, label: words[code], params: { text: text.slice(0, 40) } } }
}
