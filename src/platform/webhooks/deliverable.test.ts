import { describe, expect, it } from 'vitest'
import { webhookRoutes } from '#engine/contract/webhooks.ts'
import { isChosen } from './deliverable.ts'

const isTaken = (pattern: string) =>
  webhookRoutes.create.body?.safeParse({ name: 'ERP', url: 'https://erp.example', events: [pattern] }).success

describe('a pattern of events', () => {
  it.each(['*', 'account.*', '*.created', '*.*', 'account.created'])('names events part by part: %s', (pattern) => {
    expect([isTaken(pattern), isChosen([pattern], 'account.created')]).toEqual([true, true])
  })

  it.each(['account.deleted', 'order.*', 'account', '*.created.*'])('leaves others alone: %s', (pattern) => {
    expect(isChosen([pattern], 'account.created')).toBe(false)
  })

  it.each(['acc*.created', '**', '***x.created', '*t.*d'])('has no star within a part: %s', (pattern) => {
    expect([isTaken(pattern), isChosen([pattern], 'account.created')]).toEqual([false, false])
  })
})
