import { createGzip } from 'node:zlib'
import { pack, type Pack } from 'tar-stream'
import { contentName, contentKeeping } from '#platform/files/index.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { storeFile } from '#platform/transfer/index.ts'
import type { Gathered } from './gather.ts'

/** Everything of a person as one `.tar.gz`: data.json, a page to read, and the files. Answers the key of the file. */
export async function storeArchive(ctx: Ctx, gathered: Gathered): Promise<string> {
  const archive = pack()
  const zipped = archive.pipe(createGzip())
  const filled = fill(ctx, archive, gathered).catch((error: unknown) => {
    zipped.destroy(error instanceof Error ? error : new Error(String(error)))
  })
  const { id } = await storeFile(ctx, `personal-${ctx.today}.tar.gz`, zipped)
  await filled
  return id
}

async function fill(ctx: Ctx, archive: Pack, { title, parts, files }: Gathered): Promise<void> {
  await add(
    archive,
    'data.json',
    Buffer.from(JSON.stringify({ title, company: ctx.company.name, on: ctx.today, ...parts }, null, 2)),
  )
  await add(archive, 'index.html', Buffer.from(pageOf(ctx, title, parts)))
  for (const file of files) {
    const stream = await contentKeeping().store.get({ companyId: ctx.company.id, name: contentName(file.id) })
    if (!stream) continue
    const chunks: Buffer[] = []
    for await (const chunk of stream) chunks.push(Buffer.from(chunk as Uint8Array))
    await add(archive, `files/${file.id.slice(-8)}-${safeName(file.name)}`, Buffer.concat(chunks))
  }
  archive.finalize()
}

function add(archive: Pack, name: string, content: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    archive.entry({ name, mode: 0o600 }, content, (error) => (error ? reject(error) : resolve()))
  })
}

/** Without what leads out of the folder, or what file systems refuse. */
function safeName(name: string): string {
  return name.replace(/[\p{Cc}\\/:*?"<>|]/gu, '_').slice(-100)
}

function pageOf({ language, company, today }: Ctx, title: string, parts: Gathered['parts']): string {
  const sections = Object.entries(parts).map(([name, rows]) => `<h2>${escaped(name)}</h2>${tableOf(rows)}`)
  const heading = language === 'zh' ? `${title} 的个人信息` : `Personal data of ${title}`
  return `<!doctype html><html lang="${language}"><meta charset="utf-8"><title>${escaped(heading)}</title>
<style>body{font:15px system-ui,"PingFang SC","Microsoft YaHei","Noto Sans SC",sans-serif;margin:2em}
table{border-collapse:collapse}td,th{border:1px solid #ccc;padding:4px 8px;text-align:left;vertical-align:top}</style>
<h1>${escaped(heading)}</h1><p>${escaped(company.name)} · ${today}</p>${sections.join('\n')}</html>`
}

function tableOf(rows: readonly Readonly<Record<string, unknown>>[]): string {
  if (rows.length === 0) return '<p>—</p>'
  const keys = [...new Set(rows.flatMap(Object.keys))]
  const line = (cells: readonly string[], tag: string) =>
    `<tr>${cells.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('')}</tr>`
  return `<table>${line(keys, 'th')}${rows
    .map((row) =>
      line(
        keys.map((key) => textOf(row[key])),
        'td',
      ),
    )
    .join('')}</table>`
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
