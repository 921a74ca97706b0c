import { expect, it } from 'vitest'
import type { Connection } from '../contract.ts'
import { changeOf, draftOf, isChanged, isOtherApp } from './connection-draft.ts'

const connection: Connection = {
  brand: 'wecom',
  isConnected: true,
  corpId: 'ww1',
  appId: '1000002',
  hasSecret: true,
  server: null,
  isSignInOn: true,
  isSyncOn: false,
  rootDepartment: '2',
  unitId: null,
  role: 'representative',
  backUrl: 'https://crm.example.com/sign-in/workplace',
  lastSuccessAt: null,
  lastFailureAt: null,
  lastFailure: null,
  lastFailureDetail: null,
  linkedPeople: 0,
  linkedUnits: 0,
  version: 3,
}

it('a secret that was left empty is not sent, so that it stays', () => {
  const draft = draftOf(connection)
  expect(changeOf(draft, 3)).not.toHaveProperty('secret')
  expect(changeOf({ ...draft, secret: ' new one ' }, 3)).toMatchObject({ secret: 'new one', version: 3 })
})

it('what is empty is sent as absent, never as empty text', () => {
  const draft = { ...draftOf(connection), corpId: '  ', server: '', rootDepartment: '', unitId: '' }
  expect(changeOf(draft, 3)).toMatchObject({ corpId: null, server: null, rootDepartment: null, unitId: null })
})

it('spaces around a value are no change; a typed secret is one', () => {
  const draft = draftOf(connection)
  expect(isChanged({ ...draft, appId: ' 1000002 ' }, connection)).toBe(false)
  expect(isChanged({ ...draft, isSyncOn: true }, connection)).toBe(true)
  expect(isChanged({ ...draft, secret: 'x' }, connection)).toBe(true)
})

it('only other credentials or another server make it worth trying at once', () => {
  const draft = draftOf(connection)
  expect(isOtherApp({ ...draft, isSyncOn: true, role: 'manager' }, connection)).toBe(false)
  expect(isOtherApp({ ...draft, secret: 'x' }, connection)).toBe(true)
  expect(isOtherApp({ ...draft, server: 'https://open.larksuite.com' }, connection)).toBe(true)
})
