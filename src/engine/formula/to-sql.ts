import { sql } from 'kysely'
import type { Formula } from '#engine/model/object-type.ts'
import type { Sql } from '#engine/query/viewpoint.ts'
import { spellOutDates, type TypeOfPath } from './check.ts'
import { formulaFunctions } from './functions.ts'
import { parseFormula, type BinaryOp, type Expression } from './parse.ts'

interface Reading {
  readonly today: string
  /** SQL of the field at the end of a path. */
  readonly valueOf: (path: string) => Sql
  readonly typeOf: TypeOfPath
}

/**
 * A checked formula as SQL. Empty values make empty results; so does dividing by zero. Numbers are exact decimals,
 * rounded to four places at the end.
 */
export function formulaToSql({ expression, result }: Formula, reading: Reading): Sql {
  const value = toSql(spellOutDates(parseFormula(expression), reading.typeOf), reading)
  const isNumber = result === 'number' || result === 'money' || result === 'percent'
  return isNumber ? sql`round(${value}, 4)` : value
}

function toSql(expression: Expression, reading: Reading): Sql {
  switch (expression.kind) {
    case 'literal':
      return literalSql(expression)
    case 'field':
      return reading.valueOf(expression.path)
    case 'unary':
      return sql`(${expression.op === '-' ? sql`-` : sql`not `}${toSql(expression.of, reading)})`
    case 'binary':
      return binarySql(expression.op, toSql(expression.left, reading), toSql(expression.right, reading))
    case 'call': {
      const known = formulaFunctions[expression.name]
      if (!known) throw new Error(`unchecked function ${expression.name}`)
      return known.toSql(
        expression.args.map((arg) => toSql(arg, reading)),
        reading.today,
      )
    }
  }
}

/** Numbers as they were written: a double would lose digits. */
function literalSql({ value, raw }: Extract<Expression, { kind: 'literal' }>): Sql {
  if (typeof value === 'number') return sql`${raw}::numeric`
  return typeof value === 'boolean' ? sql`${value}::boolean` : value === null ? sql`null` : sql`${value}::text`
}

function binarySql(op: BinaryOp, left: Sql, right: Sql): Sql {
  switch (op) {
    case '/':
    case '%':
      return sql`(${left} ${sql.raw(op)} nullif(${right}, 0))`
    case '&':
      return sql`(${left} || ${right})`
    case '&&':
      return sql`(${left} and ${right})`
    case '||':
      return sql`(${left} or ${right})`
    case '==':
      return sql`(${left} is not distinct from ${right})`
    case '!=':
      return sql`(${left} is distinct from ${right})`
    case '+':
    case '-':
    case '*':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return sql`(${left} ${sql.raw(op)} ${right})`
  }
}
