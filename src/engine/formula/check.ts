import type { Label } from '#base/label.ts'
import { formulaFunctions, type FormulaFunction, type ValueType } from './functions.ts'
import { FormulaError, parseFormula, type BinaryOp, type Expression } from './parse.ts'

/** The type of the field at the end of a path; undefined: there is none, or it cannot stand in a formula. */
export type TypeOfPath = (path: string) => ValueType | undefined

const words = {
  field: { zh: '没有可用于公式的字段“{field}”', en: 'There is no field “{field}” that a formula can use' },
  function: { zh: '没有函数“{name}”', en: 'There is no function “{name}”' },
  count: { zh: '“{name}”的参数个数不对', en: '“{name}” takes another number of values' },
  type: { zh: '“{name}”需要{wanted}，这里是{found}', en: '“{name}” needs {wanted}; this is {found}' },
  result: { zh: '公式的结果是{found}，字段需要{wanted}', en: 'The formula gives {found}; the field needs {wanted}' },
} satisfies Record<string, Label>

const typeWords: Readonly<Record<ValueType, Label>> = {
  text: { zh: '文字', en: 'text' },
  number: { zh: '数字', en: 'a number' },
  date: { zh: '日期', en: 'a date' },
  yes_no: { zh: '是/否', en: 'yes or no' },
}

/** The type of the literal `null`: fits everywhere. */
type Found = ValueType | 'empty'

/**
 * Reads a formula and finds its type. Throws a `FormulaError` with the first thing that does not fit: an unknown field
 * or function, a wrong number of values, a value of another type, a result that the field cannot hold.
 */
export function checkFormula(text: string, typeOf: TypeOfPath, wanted: ValueType): Expression {
  const expression = parseFormula(text)
  const found = typeOfExpression(expression, typeOf)
  if (found !== 'empty' && found !== wanted) throw mismatch('result', '', wanted, found)
  return expression
}

function mismatch(code: 'type' | 'result', name: string, wanted: ValueType, found: ValueType): FormulaError {
  const label = {
    zh: fill(words[code].zh, { name, wanted: typeWords[wanted].zh, found: typeWords[found].zh }),
    en: fill(words[code].en, { name, wanted: typeWords[wanted].en, found: typeWords[found].en }),
  }
  return new FormulaError(code, label)
}

const fill = (text: string, params: Readonly<Record<string, string>>) =>
  text.replaceAll(/\{(\w+)\}/g, (whole, key: string) => params[key] ?? whole)

function typeOfExpression(expression: Expression, typeOf: TypeOfPath): Found {
  switch (expression.kind) {
    case 'literal':
      return typeOfLiteral(expression.value)
    case 'field': {
      const found = typeOf(expression.path)
      if (!found) throw new FormulaError('field', words.field, { field: expression.path })
      return found
    }
    case 'unary': {
      const wanted = expression.op === '-' ? 'number' : 'yes_no'
      need(expression.op, wanted, typeOfExpression(expression.of, typeOf))
      return wanted
    }
    case 'binary':
      return typeOfBinary(
        expression.op,
        typeOfExpression(expression.left, typeOf),
        typeOfExpression(expression.right, typeOf),
      )
    case 'call':
      return typeOfCall(
        expression.name,
        expression.args.map((arg) => typeOfExpression(arg, typeOf)),
      )
  }
}

function typeOfLiteral(value: string | number | boolean | null): Found {
  if (value === null) return 'empty'
  return typeof value === 'string' ? 'text' : typeof value === 'number' ? 'number' : 'yes_no'
}

function need(name: string, wanted: ValueType, found: Found): void {
  if (found !== 'empty' && found !== wanted) throw mismatch('type', name, wanted, found)
}

function typeOfBinary(op: BinaryOp, left: Found, right: Found): Found {
  switch (op) {
    case '&&':
    case '||':
      need(op, 'yes_no', left)
      need(op, 'yes_no', right)
      return 'yes_no'
    case '&':
      need(op, 'text', left)
      need(op, 'text', right)
      return 'text'
    case '+':
    case '-':
      return typeOfSum(op, left, right)
    case '*':
    case '/':
    case '%':
      need(op, 'number', left)
      need(op, 'number', right)
      return 'number'
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      if (left !== 'empty') need(op, left, right)
      return 'yes_no'
  }
}

/** Days are added to dates and taken from them; between two dates there are days. */
function typeOfSum(op: '+' | '-', left: Found, right: Found): Found {
  if (op === '-' && left === 'date' && right === 'date') return 'number'
  if (left !== 'date') need(op, 'number', left)
  need(op, 'number', right)
  return left === 'date' ? 'date' : 'number'
}

/** Sums with dates as the functions that they are: `end - start` is `DAYS(end, start)`, `day + 7` is `ADDDAYS(day, 7)`. */
export function spellOutDates(expression: Expression, typeOf: TypeOfPath): Expression {
  const inner = (part: Expression) => spellOutDates(part, typeOf)
  switch (expression.kind) {
    case 'literal':
    case 'field':
      return expression
    case 'unary':
      return { ...expression, of: inner(expression.of) }
    case 'call':
      return { ...expression, args: expression.args.map(inner) }
    case 'binary': {
      const { op } = expression
      const left = inner(expression.left)
      const right = inner(expression.right)
      const isOfDate = (op === '+' || op === '-') && typeOfExpression(left, typeOf) === 'date'
      if (!isOfDate) return { ...expression, left, right }
      if (op === '+') return { kind: 'call', name: 'ADDDAYS', args: [left, right] }
      return typeOfExpression(right, typeOf) === 'date'
        ? { kind: 'call', name: 'DAYS', args: [left, right] }
        : { kind: 'call', name: 'ADDDAYS', args: [left, { kind: 'unary', op: '-', of: right }] }
    }
  }
}

function typeOfCall(name: string, found: readonly Found[]): Found {
  const known = Object.hasOwn(formulaFunctions, name) ? formulaFunctions[name] : undefined
  if (!known) throw new FormulaError('function', words.function, { name })
  if (!isCountRight(known, found.length)) throw new FormulaError('count', words.count, { name })
  let same: Found = 'empty'
  found.forEach((type, at) => {
    const wanted = known.takes[at] ?? known.takes.at(-1) ?? 'any'
    if (wanted === 'any') return
    if (wanted !== 'same') return need(name, wanted, type)
    if (same === 'empty') same = type
    else need(name, same, type)
  })
  return known.gives === 'same' ? same : known.gives
}

function isCountRight({ takes, optional = 0, repeats = false }: FormulaFunction, count: number): boolean {
  return count >= takes.length - optional && (repeats ? count <= 50 : count <= takes.length)
}
