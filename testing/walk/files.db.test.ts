import { beforeAll, expect, it } from 'vitest'
import { testApp, type Answer, type TestClient } from '#testing/test-app.ts'
import { fingerprintOf } from './fingerprint.ts'
import { populated, type Populated } from './populated.ts'

const { database, as } = await testApp({ now: () => new Date('2026-06-15T04:00:00Z') })
let here: Populated
let office: TestClient

beforeAll(async () => {
  here = await populated(database, 'here', as)
  office = as(here.somebody('管'))
})

/** One part of a form, as a browser sends it; `cut` loses the end on the way. */
function upload(name: string, content: Buffer, { cut = false } = {}): Promise<Answer> {
  const head = `--edge\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n`
  const form = Buffer.concat([Buffer.from(head), content, Buffer.from(cut ? '' : '\r\n--edge--\r\n')])
  return office.post('/imports/files', form, { 'content-type': 'multipart/form-data; boundary=edge' })
}

const zip = Buffer.from('504b0304140000000800', 'hex')
const random = Buffer.from(Array.from({ length: 5000 }, (_, at) => (at * 7919 + 13) % 256))

it.each<readonly [string, string, Buffer]>([
  ['nothing', 'empty.csv', Buffer.alloc(0)],
  ['only a mark of encoding', 'bom.csv', Buffer.from('\ufeff')],
  ['zero characters', 'zero.csv', Buffer.from('name,code\n\u0000\u0000,x\u0000y\n')],
  ['zero characters all over', 'zeros.csv', Buffer.alloc(4000)],
  ['a quote that never ends', 'quote.csv', Buffer.from('name,code\n"abc,def\nghi,jkl\n')],
  ['noise', 'noise.csv', random],
  ['noise that says it is a workbook', 'noise.xlsx', random],
  ['a workbook cut off', 'cut.xlsx', Buffer.concat([zip, random])],
  ['a picture', 'picture.png', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
  ['an old workbook', 'old.xls', Buffer.from('d0cf11e0a1b11ae1', 'hex')],
  ['half of a surrogate pair in UTF-16', 'half.csv', Buffer.from('fffe6e0061006d0065000a0000d80a00', 'hex')],
  ['one endless line', 'line.csv', Buffer.from('x'.repeat(3_000_000))],
  ['five thousand columns', 'wide.csv', Buffer.from(`${'a,'.repeat(5000)}\n${'1,'.repeat(5000)}\n`)],
  ['markup', 'page.html', Buffer.from('<table><tr><td>name</td></tr></table>')],
  ['formulas', 'formula.csv', Buffer.from('name,code\n=cmd|x!A1,@SUM(1)\n+1,-1\n')],
  ['a name that climbs', '../../etc/passwd', Buffer.from('name,code\na,b\n')],
])(
  'a file with %s is opened or refused with the reason, looked at, and nothing of it is saved',
  async (_kind, name, content) => {
    const before = await (await fingerprintOf(database.owner))()
    const opened = await upload(name, content)
    expect(opened.status, JSON.stringify(opened.body)).toBeLessThan(500)
    if (opened.status >= 400) {
      expect(opened.body).toMatchObject({
        code: expect.stringMatching(/^[A-Z_]+$/),
        title: expect.stringMatching(/\w{3}/),
      })
      const after = await (await fingerprintOf(database.owner))()
      expect(after).toEqual(before)
      return
    }
    const preview = await office.post('/imports/preview', {
      fileId: opened.body.id ?? opened.body.fileId,
      object: 'account',
    })
    expect(preview.status, JSON.stringify(preview.body)).toBeLessThan(500)
    const after = await (await fingerprintOf(database.owner))()
    expect(Object.keys(after).filter((table) => after[table] !== before[table])).toEqual(['stored_file'])
  },
)

it.each<readonly [string, string, string]>([
  ['without an edge', 'multipart/form-data', 'x'],
  ['with another edge', 'multipart/form-data; boundary=other', '--edge\r\n\r\n--edge--'],
  [
    'of fields only',
    'multipart/form-data; boundary=edge',
    '--edge\r\ncontent-disposition: form-data; name="a"\r\n\r\nb\r\n--edge--\r\n',
  ],
  ['as JSON', 'application/json', '{}'],
])('a form %s is refused', async (_kind, type, payload) => {
  const answer = await office.post('/imports/files', payload, { 'content-type': type })
  expect([answer.status >= 400 && answer.status < 500, answer.body.code !== undefined]).toEqual([true, true])
})

it('a file that breaks off on its way leaves nothing', async () => {
  const before = await (await fingerprintOf(database.owner))()
  const answer = await upload('cut.csv', Buffer.from('name,code\na,b\n'), { cut: true })
  expect(answer.status).toBeGreaterThanOrEqual(400)
  expect(answer.status).toBeLessThan(500)
  expect(await (await fingerprintOf(database.owner))()).toEqual(before)
})
