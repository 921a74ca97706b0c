import { expect, it } from 'vitest'
import { isLostConnection } from './lost-connection.ts'

it.each(['timeout exceeded when trying to connect', 'Connection terminated unexpectedly'])(
  'work that found no connection (%s) is tried again as it is',
  (message) => expect(isLostConnection(new Error(message))).toBe(true),
)

it('work that is at fault itself is not', () => {
  expect(isLostConnection(new Error('there is no such column'))).toBe(false)
})
