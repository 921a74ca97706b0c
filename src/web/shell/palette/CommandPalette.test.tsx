import { cleanup, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { answerNetwork, renderScreen } from '#testing/render-screen.tsx'
import { CommandPalette } from './CommandPalette.tsx'

afterEach(cleanup)

const hit = (id: string, title: string, changes: object = {}) => ({
  object: 'thing',
  id,
  title,
  subtitle: '深圳',
  ownerName: '王小禾',
  withinId: null,
  matched: [{ field: 'name', text: title, isTitle: true, ranges: [[0, 2]] }],
  ...changes,
})
const one = hit('01900000-0000-7000-8000-000000000001', '华为技术')
const two = hit('01900000-0000-7000-8000-000000000002', '华威电子')

function open(answer: Parameters<typeof answerNetwork>[0]) {
  const asked = answerNetwork(answer)
  const openHit = vi.fn()
  const run = vi.fn()
  const onClose = vi.fn()
  const content = {
    commands: [{ key: 'new', label: { zh: '新建事物', en: 'New thing' }, run }],
    kinds: [{ key: 'thing', name: '事物' }],
    openHit,
  }
  renderScreen(<CommandPalette content={content} onClose={onClose} />)
  return { asked, openHit, run, onClose, keys: userEvent.setup() }
}

const kept = { recent: [{ ...two, matched: [] }], starred: [{ ...one, matched: [] }] }
const found = { groups: [{ object: 'thing', hits: [one, two], hasMore: true }] }
const answers: Parameters<typeof answerNetwork>[0] = ({ path }) =>
  path.includes('/search/kept') ? { json: kept } : { json: found }

describe('the palette', () => {
  it('shows what was opened and starred before anything is typed', async () => {
    open(answers)
    const recent = await screen.findByRole('group', { name: '最近打开' })
    expect(within(recent).getByRole('option', { name: /华威电子/ })).toBeTruthy()
    expect(within(screen.getByRole('group', { name: '收藏' })).getByRole('option', { name: /华为技术/ })).toBeTruthy()
  })

  it('goes through the options by arrow keys, names the chosen one, and opens it by Enter', async () => {
    const { keys, openHit, onClose } = open(answers)
    const field = await screen.findByRole('combobox', { name: '搜索' })
    await keys.type(field, 'hw')
    const group = await screen.findByRole('group', { name: /事物/ })
    const [first, second] = within(group).getAllByRole('option')
    expect(first?.querySelector('mark')?.textContent).toBe('华为')
    await waitFor(() => expect(field.getAttribute('aria-activedescendant')).toBe(first?.id))
    await keys.keyboard('{ArrowDown}')
    expect(second?.getAttribute('aria-selected')).toBe('true')
    await keys.keyboard('{ArrowDown}{ArrowUp}{Enter}')
    expect(onClose).toHaveBeenCalled()
    expect(openHit).toHaveBeenCalledWith(expect.objectContaining({ title: '华威电子' }))
  })

  it('asks once when typing pauses, not at every key', async () => {
    const { keys, asked } = open(answers)
    await keys.type(await screen.findByRole('combobox', { name: '搜索' }), 'huawei')
    await screen.findByRole('group', { name: /事物/ })
    expect(asked.filter(({ path }) => path.includes('q=')).map(({ path }) => path.replace(/^.*q=/, ''))).toEqual([
      'huawei',
    ])
  })

  it('finds commands by initials and runs them', async () => {
    const { keys, run } = open(({ path }) => ({ json: path.includes('kept') ? kept : { groups: [] } }))
    await keys.type(await screen.findByRole('combobox', { name: '搜索' }), 'xjsw')
    await keys.click(await screen.findByRole('option', { name: '新建事物' }))
    expect(run).toHaveBeenCalledOnce()
  })

  it('says that nothing was found and what to try', async () => {
    const { keys } = open(({ path }) => ({ json: path.includes('kept') ? kept : { groups: [] } }))
    await keys.type(await screen.findByRole('combobox', { name: '搜索' }), '没有')
    expect(await screen.findByText('没有找到“没有”')).toBeTruthy()
  })

  it('says that the search did not work and offers to try again', async () => {
    const { keys } = open(({ path }) =>
      path.includes('kept')
        ? { json: kept }
        : { status: 400, json: { code: 'INPUT_INVALID', title: '提交的内容有误' } },
    )
    await keys.type(await screen.findByRole('combobox', { name: '搜索' }), '华为')
    expect(within(await screen.findByRole('alert')).getByRole('button', { name: /重\s?试/ })).toBeTruthy()
  })
})
