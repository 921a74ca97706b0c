import type { FastifyInstance } from 'fastify'
import { knownErrors, type ErrorKind } from '#base/errors.ts'
import { problemPage } from './problem.ts'

/** The page that the `type` of every problem leads to, in both languages. Register after every room. */
export function serveProblemPage(app: FastifyInstance): void {
  app.get(problemPage, async (_request, reply) =>
    reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(drawPage()),
  )
}

function drawPage(): string {
  const kinds = [...knownErrors(), ['UNEXPECTED', unexpected] as const]
  const rows = kinds.sort(([one], [other]) => one.localeCompare(other, 'en')).map(row)
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Terrace · problems</title></head>
<body>
<h1>Problems of the API · API 错误</h1>
<p>Every refusal is an <code>application/problem+json</code> (RFC 9457). Its <code>type</code> leads here, its
<code>code</code> never changes, its <code>title</code> is in the language of the caller, and <code>errors</code> names
the fields at fault.</p>
<table>
<thead><tr><th>code</th><th>status</th><th>English</th><th>中文</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
</body>
</html>
`
}

const unexpected: ErrorKind = {
  status: 500,
  label: { zh: '系统出错了，已记录', en: 'Something went wrong here and was logged under the request id' },
}

const row = ([code, { status, label }]: readonly [string, ErrorKind]): string =>
  `<tr id="${code}"><td><code>${code}</code></td><td>${status}</td><td>${plain(label.en)}</td><td lang="zh">${plain(label.zh)}</td></tr>`

const plain = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
