import { inWords, type Label, type Language, type LabelParams } from '#base/label.ts'
import type { MailTemplate } from './template.ts'

/** One line of a list in a letter; with an address it is a link. */
export interface MailItem {
  readonly text: string
  readonly link?: string
}

export interface MailContent {
  readonly language: Language
  readonly params: LabelParams
  readonly items?: readonly MailItem[]
}

export interface RenderedMail {
  readonly subject: string
  readonly text: string
  readonly html: string
}

/** The letter in the reader's language, as plain text and as simple HTML that says the same. */
export function renderMail(template: MailTemplate, { language, params, items = [] }: MailContent): RenderedMail {
  const said = (label: Label) => inWords(label, language, params)
  const link = String(params['link'] ?? '')
  const paragraphs = template.paragraphs.map(said)
  const action = template.action && link !== '' ? said(template.action) : undefined
  const closing = template.closing && said(template.closing)
  const subject = oneLine(said(template.subject))
  const list = items.map((item) => (item.link ? `· ${item.text}\n  ${item.link}` : `· ${item.text}`)).join('\n')
  const text = [...paragraphs, list, action && `${action}\n${link}`, closing && `-- \n${closing}`]
    .filter((part) => part !== undefined && part !== '')
    .join('\n\n')
  const body = [
    ...paragraphs.map((words) => `<p>${lines(words)}</p>`),
    items.length > 0 ? `<ul>${items.map(itemHtml).join('')}</ul>` : '',
    action ? `<p><a href="${escaped(link)}" style="${buttonStyle}">${escaped(action)}</a></p>` : '',
    action ? `<p style="${smallStyle}">${escaped(link)}</p>` : '',
    closing ? `<p style="${smallStyle}">${lines(closing)}</p>` : '',
  ].join('\n')
  return { subject, text: `${text}\n`, html: page(language, subject, body) }
}

// Mail programs read no style sheets; what is not written on the element is not seen.
const smallStyle = 'color:#666;font-size:12px;word-break:break-all'
const buttonStyle =
  'display:inline-block;padding:10px 20px;border-radius:6px;background:#2f6b3a;color:#fff;text-decoration:none'

function page(language: Language, subject: string, body: string): string {
  return `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head><meta charset="utf-8"><title>${escaped(subject)}</title></head>
<body style="font-family:sans-serif;font-size:15px;line-height:1.6;color:#222;max-width:560px;margin:24px auto;padding:0 16px">
${body}
</body>
</html>
`
}

function itemHtml({ text, link }: MailItem): string {
  return link ? `<li><a href="${escaped(link)}">${escaped(text)}</a></li>` : `<li>${escaped(text)}</li>`
}

const lines = (words: string) => escaped(words).replaceAll('\n', '<br>')

/** A name with a line break must not begin a header of its own. */
const oneLine = (words: string) => words.replace(/\s+/g, ' ').trim()

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => entities[mark] ?? mark)
}
