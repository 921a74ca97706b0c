import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { RichText } from './RichText.tsx'

afterEach(cleanup)

it('sets headings, emphasis and lists', () => {
  render(<RichText text={'# 标题\n\n**重点**\n\n- 一\n- 二'} />)
  expect(screen.getByRole('heading', { name: '标题' })).toBeDefined()
  expect(screen.getByText('重点').tagName).toBe('STRONG')
  expect(screen.getAllByRole('listitem')).toHaveLength(2)
})

it('shows raw HTML as text', () => {
  const { container } = render(<RichText text={'<img src=x onerror=alert(1)>\n\na <b onclick="x()">b</b>'} />)
  expect(container.querySelector('img, b')).toBeNull()
  expect(container.textContent).toContain('onerror')
})

it('follows no script address, loads no picture, and opens links beside the product', () => {
  const { container } = render(
    <RichText text={'[bad](javascript:alert(1)) ![logo](https://example.com/p.png) [good](https://example.com)'} />,
  )
  expect(container.querySelector('img')).toBeNull()
  expect(screen.getByText('bad').getAttribute('href')).toBe('')
  expect(screen.getByText('logo').getAttribute('href')).toBe('https://example.com/p.png')
  expect(screen.getByText('good').getAttribute('target')).toBe('_blank')
})
