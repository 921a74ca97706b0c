import jsep from 'jsep'
import type { Label } from '#base/label.ts'

/** A formula as a tree of few kinds of nodes; everything else that could be written is refused. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null; readonly raw: string }
  | { readonly kind: 'field'; readonly path: string }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'unary'; readonly op: '-' | '!'; readonly of: Expression }
  | { readonly kind: 'binary'; readonly op: BinaryOp; readonly left: Expression; readonly right: Expression }

export const binaryOps = ['+', '-', '*', '/', '%', '&', '==', '!=', '<', '<=', '>', '>=', '&&', '||'] as const
export type BinaryOp = (typeof binaryOps)[number]

export interface FormulaFault {
  readonly code: string
  readonly label: Label
  readonly params?: Readonly<Record<string, string | number>>
}

export class FormulaError extends Error {
  readonly fault: FormulaFault

  constructor(code: string, label: Label, params?: FormulaFault['params']) {
    super(code)
    this.fault = { code, label, ...(params ? { params } : {}) }
  }
}

/** As spreadsheets write them: `=` and `<>` compare, `&` joins texts. */
const sameAs: Readonly<Record<string, BinaryOp>> = { '=': '==', '===': '==', '<>': '!=', '!==': '!=' }

jsep.addBinaryOp('=', 6)
jsep.addBinaryOp('<>', 6)
// Joins texts after adding and before comparing, as in spreadsheets.
jsep.addBinaryOp('&', 8)

/** The most characters that a formula may have. */
export const longestFormula = 4000

const words = {
  syntax: { zh: '公式写法有误（第 {at} 个字符附近）', en: 'The formula cannot be read (near character {at})' },
  long: { zh: '公式太长', en: 'The formula is too long' },
  deep: { zh: '公式嵌套太深', en: 'The formula is nested too deeply' },
  part: { zh: '公式里不能用“{part}”', en: 'A formula cannot contain “{part}”' },
  empty: { zh: '请填写公式', en: 'Give a formula' },
  number: { zh: '数字“{raw}”太大或太小', en: 'The number {raw} is too large or too small' },
} satisfies Record<string, Label>

/** Reads a formula; throws a `FormulaError` that says what cannot be read, and where. */
export function parseFormula(text: string): Expression {
  if (text.length > longestFormula) throw new FormulaError('long', words.long)
  if (text.trim() === '') throw new FormulaError('empty', words.empty)
  return toExpression(read(text), 1)
}

function read(text: string): jsep.Expression {
  try {
    return jsep(text)
  } catch (error) {
    const at = error instanceof Error && 'index' in error ? Number(error.index) + 1 : 1
    throw new FormulaError('syntax', words.syntax, { at })
  }
}

const deepest = 60

function toExpression(node: jsep.Expression, depth: number): Expression {
  if (depth > deepest) throw new FormulaError('deep', words.deep)
  const inner = (part: unknown) => toExpression(part as jsep.Expression, depth + 1)
  switch (node.type) {
    case 'Literal': {
      const { value, raw } = node as jsep.Literal
      if (typeof value === 'object') throw refused(raw)
      if (typeof value === 'number') refuseOutOfBounds(value, raw)
      return { kind: 'literal', value, raw }
    }
    case 'Identifier':
      return named(String(node['name']))
    case 'MemberExpression':
      return { kind: 'field', path: pathOf(node) }
    case 'CallExpression': {
      const { callee, arguments: args } = node as jsep.CallExpression
      if (callee.type !== 'Identifier') throw refused('()')
      return { kind: 'call', name: String(callee['name']).toUpperCase(), args: args.map(inner) }
    }
    case 'UnaryExpression': {
      const { operator, argument } = node as jsep.UnaryExpression
      if (operator === '+') return inner(argument)
      if (operator !== '-' && operator !== '!') throw refused(operator)
      return { kind: 'unary', op: operator, of: inner(argument) }
    }
    case 'BinaryExpression': {
      const { operator, left, right } = node as jsep.BinaryExpression
      return { kind: 'binary', op: opOf(operator), left: inner(left), right: inner(right) }
    }
    case 'ConditionalExpression': {
      const { test, consequent, alternate } = node as jsep.ConditionalExpression
      return { kind: 'call', name: 'IF', args: [inner(test), inner(consequent), inner(alternate)] }
    }
    default:
      throw refused(node.type === 'Compound' ? ',' : node.type)
  }
}

/** So many digits can be multiplied through a whole formula before the database has too few of them. */
const largestNumber = 1e30

function refuseOutOfBounds(value: number, raw: string): void {
  const size = Math.abs(value)
  if (size > largestNumber || (size > 0 && size < 1 / largestNumber) || raw.length > 60) {
    throw new FormulaError('number', words.number, { raw: raw.slice(0, 20) })
  }
}

const constants: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
])

function named(name: string): Expression {
  const constant = constants.get(name.toLowerCase())
  if (constant !== undefined) return { kind: 'literal', value: constant, raw: name }
  return { kind: 'field', path: name }
}

function pathOf(node: jsep.Expression): string {
  if (node.type === 'Identifier') return String(node['name'])
  const { object, property, computed } = node as jsep.MemberExpression
  if (node.type !== 'MemberExpression' || computed || property.type !== 'Identifier') throw refused('[]')
  return `${pathOf(object)}.${String(property['name'])}`
}

function opOf(operator: string): BinaryOp {
  const op = sameAs[operator] ?? operator
  const known = binaryOps.find((candidate) => candidate === op)
  if (!known) throw refused(operator)
  return known
}

function refused(part: string): FormulaError {
  return new FormulaError('part', words.part, { part })
}

/** The fields that a formula reads. */
export function fieldsIn(expression: Expression): readonly string[] {
  switch (expression.kind) {
    case 'literal':
      return []
    case 'field':
      return [expression.path]
    case 'call':
      return expression.args.flatMap(fieldsIn)
    case 'unary':
      return fieldsIn(expression.of)
    case 'binary':
      return [...fieldsIn(expression.left), ...fieldsIn(expression.right)]
  }
}
