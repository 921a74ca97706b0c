import { describe, expect, it } from 'vitest'
import { findCommands } from './find-commands.ts'

const command = (key: string, zh: string, en: string) => ({ key, label: { zh, en }, run: () => undefined })
const commands = [
  command('new', '新建客户', 'New account'),
  command('page', '前往：客户', 'Go to: Accounts'),
  command('dark', '深色外观', 'Dark appearance'),
  command('out', '退出登录', 'Sign out'),
]
const keys = (query: string) => findCommands(query, commands).map(({ key }) => key)

describe('commands', () => {
  it.each([
    ['新建', ['new']],
    ['xj', ['new']],
    ['xinjiankeh', ['new']],
    ['new acc', ['new']],
    ['客户', ['new', 'page']],
    ['kh', ['new', 'page']],
    ['accounts', ['page']],
    ['sign', ['out']],
    ['tcdl', ['out']],
    ['shense', ['dark']],
    ['没有', []],
  ])('are found by %s, in either language', (query, found) => {
    expect(keys(query)).toEqual(found)
  })
})
