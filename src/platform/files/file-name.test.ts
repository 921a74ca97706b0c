import { expect, it } from 'vitest'
import { disposition, keptName } from './file-name.ts'

it.each([
  ['合同.pdf', '合同.pdf'],
  ['C:\\Users\\me\\offer.PDF', 'offer.pdf'],
  ['../../etc/passwd', 'passwd'],
  ['a\u202Efdp.exe', 'afdp.exe'],
  ['line\nbreak.txt', 'linebreak.txt'],
  ['.htaccess', 'file.htaccess'],
  ['  ', 'file'],
  [`${'长'.repeat(300)}.docx`, `${'长'.repeat(195)}.docx`],
])('%j is kept as %j', (name, kept) => {
  expect(keptName(name)).toBe(kept)
})

it('a name travels whole, and in plain letters for old programs', () => {
  expect(disposition('attachment', '报价 "最终" (2).pdf')).toBe(
    `attachment; filename="__ ____ (2).pdf"; filename*=UTF-8''%E6%8A%A5%E4%BB%B7%20%22%E6%9C%80%E7%BB%88%22%20%282%29.pdf`,
  )
})
