import { expect, it } from 'vitest'
import { renderMail } from './render-mail.ts'
import type { MailTemplate } from './template.ts'

const template: MailTemplate = {
  key: 'test',
  subject: { zh: '{who} 邀请您', en: '{who} invites you' },
  paragraphs: [{ zh: '您好，{name}：', en: 'Dear {name},' }],
  action: { zh: '打开', en: 'Open' },
  closing: { zh: '非本人请忽略', en: 'Ignore it if it was not you' },
}

it('says the same as text and as HTML, in the language of the reader', () => {
  const link = 'https://terrace.example/invitation#abc'
  const english = renderMail(template, { language: 'en', params: { who: 'Acme', name: 'Ann', link } })
  expect(english.subject).toBe('Acme invites you')
  expect(english.text).toBe(`Dear Ann,\n\nOpen\n${link}\n\n-- \nIgnore it if it was not you\n`)
  for (const words of ['Dear Ann,', `href="${link}"`, 'Ignore it']) expect(english.html).toContain(words)
  const chinese = renderMail(template, { language: 'zh', params: { who: '甲', name: '安', link } })
  expect(chinese.subject).toBe('甲 邀请您')
  expect(chinese.html).toContain('lang="zh-CN"')
})

it('lets no name become markup, nor a header', () => {
  const params = { who: 'A\r\nBcc: all@example.com', name: '<img src=x onerror="1">' }
  const { subject, html } = renderMail(template, { language: 'en', params })
  expect(subject).toBe('A Bcc: all@example.com invites you')
  expect(html).toContain('&lt;img src=x onerror=&quot;1&quot;&gt;')
  expect(html).not.toContain('<img')
})

it('lists items, with links where they have one', () => {
  const items = [{ text: '一', link: 'https://terrace.example/1' }, { text: '二' }]
  const { text, html } = renderMail(template, { language: 'zh', params: {}, items })
  expect(text).toContain('· 一\n  https://terrace.example/1\n· 二')
  expect(html).toContain('<ul><li><a href="https://terrace.example/1">一</a></li><li>二</li></ul>')
})
