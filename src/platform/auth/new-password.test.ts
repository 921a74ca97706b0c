import { expect, it } from 'vitest'
import { requireGoodPassword } from './new-password.ts'

async function faultOf(password: string, rule = {}): Promise<string | undefined> {
  try {
    await requireGoodPassword(password, 'next', rule)
    return undefined
  } catch (error) {
    const { code, faults } = error as { code: string; faults: readonly { field: string; code: string }[] }
    expect([code, faults[0]?.field]).toEqual(['PASSWORD_WEAK', 'next'])
    return faults[0]?.code
  }
}

it.each(['12345678', 'Password1', 'qwertyuiop', 'iloveyou1', 'WOAINI1314', '5201314520', 'admin888'])(
  'refuses %s, which is on a list of leaks',
  async (password) => expect(await faultOf(password)).toBe('common'),
)

it.each(['aaaaaaaa', '12341234', '哈哈哈哈哈哈哈哈', 'abcdefghij', '987654321', '0123456789'])(
  'refuses %s, which is a pattern',
  async (password) => expect(await faultOf(password)).toBe('common'),
)

it('refuses what holds the name, the e-mail, the phone or the company', async () => {
  const known = ['王小禾', 'xiaohe.wang@example.com', '13800138000', '禾田科技', null]
  for (const password of ['王小禾最棒了呀呀', 'Xiaohe.Wang#2026', 'tel-13800138000', '禾田科技加油加油']) {
    expect(await faultOf(password, { known })).toBe('known')
  }
  expect(await faultOf('wang of the north', { known })).toBeUndefined()
})

it('counts characters as people do, up to what the company asks for', async () => {
  expect(await faultOf('七个字的密码呀')).toBe('too_short')
  expect(await faultOf('八个字的好密码呀')).toBeUndefined()
  expect(await faultOf('八个字的好密码呀', { least: 12 })).toBe('too_short')
})

it('lets good ones pass', async () => {
  for (const password of ['long grass 7', 'tall bamboo 9', 'vk3%xq81', '小河弯弯向南流']) {
    expect(await faultOf(password, { least: 7 })).toBeUndefined()
  }
})
