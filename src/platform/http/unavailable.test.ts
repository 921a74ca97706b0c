import pg from 'pg'
import { expect, it } from 'vitest'
import { whatIsMissing } from './unavailable.ts'

function databaseError(code: string): Error {
  const error = new pg.DatabaseError('x', 1, 'error')
  error.code = code
  return error
}

const system = (code: string) => Object.assign(new Error(code), { code })

it.each([
  ['is starting or recovering', databaseError('57P03')],
  ['was shut down', databaseError('57P01')],
  ['has no connection left', databaseError('53300')],
  ['refuses to be reached', new AggregateError([system('ECONNREFUSED'), system('ECONNREFUSED')])],
  ['went away in the middle', new Error('Connection terminated unexpectedly')],
  ['takes too long to be reached', new Error('timeout exceeded when trying to connect')],
])('a database that %s is missing for the time being', (_how, error) => {
  expect(whatIsMissing(error)).toBe('database')
})

it.each([
  ['of the files', system('ENOSPC')],
  ['of the database', databaseError('53100')],
])('a full disk %s lacks room', (_which, error) => expect(whatIsMissing(error)).toBe('room'))

it.each([
  ['a broken rule of the database', databaseError('23505')],
  ['a mistake of ours', new TypeError('x is undefined')],
  ['a file that is not there', system('ENOENT')],
])('%s is no such case', (_what, error) => expect(whatIsMissing(error)).toBeUndefined())
