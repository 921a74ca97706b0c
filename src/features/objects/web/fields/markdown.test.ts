import { expect, it } from 'vitest'
import { htmlOf } from './markdown.ts'

it('writes headings, emphasis and lists', () => {
  expect(htmlOf('# 标题\n\n**重点**\n\n- 一\n- 二')).toBe(
    '<h1>标题</h1>\n<p><strong>重点</strong></p>\n<ul>\n<li>一</li>\n<li>二</li>\n</ul>',
  )
})

it('shows raw HTML as text', () => {
  const html = htmlOf('<img src=x onerror=alert(1)>\n\n<script>alert(1)</script>\n\na <b onclick="x()">b</b>')
  expect(html).not.toMatch(/<(img|script|b)\b/)
  expect(html).toContain('&lt;script&gt;')
})

it('follows no script address and loads no image', () => {
  expect(htmlOf('[a](javascript:alert(1))')).toContain('href=""')
  expect(htmlOf('![logo](https://example.com/p.png)')).not.toContain('<img')
})

it('opens links beside the product', () => {
  expect(htmlOf('[a](https://example.com)')).toBe(
    '<p><a target="_blank" rel="noreferrer noopener" href="https://example.com">a</a></p>',
  )
})
