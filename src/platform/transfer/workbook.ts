import { posix } from 'node:path'
import { transferErrors } from './errors.ts'
import { readAllXml } from './read-xml.ts'
import { unpacked, zipDirectory, type ZipEntry } from './zip-directory.ts'

/** What is known of a workbook before its rows are read. The library at hand reads whole books or loses parts while streaming. */
export interface Workbook {
  /** Visible worksheets in the order people see them; hidden ones only if there is nothing else. */
  readonly sheets: readonly Sheet[]
  /** Old workbooks of the Macintosh count their days from 1904. */
  readonly date1904: boolean
  readonly texts: readonly string[]
  /** By the number of a cell's style: what its number means. */
  readonly meanings: readonly NumberMeaning[]
}

export interface Sheet {
  readonly name: string
  readonly entry: ZipEntry
}

export type NumberMeaning = 'number' | 'date' | 'share'

export async function openWorkbook(path: string): Promise<Workbook> {
  const entries = new Map((await zipDirectory(path)).map((entry) => [entry.name.replace(/^\//, ''), entry]))
  const bookPath = [...entries.keys()].find((name) => /(^|\/)workbook\d*\.xml$/i.test(name))
  if (bookPath === undefined) throw transferErrors.FILE_BROKEN()
  const part = (name: string) => unpackedPart(path, entries.get(name))
  const relations = await relationsOf(part(relationsPath(bookPath)))
  const locate = (target: string): string =>
    target.startsWith('/') ? target.slice(1) : posix.normalize(posix.join(posix.dirname(bookPath), target))
  const ofKind = (kind: string): string | undefined => relations.find((one) => one.kind === kind)?.target
  const { sheets, date1904 } = await bookOf(part(bookPath))
  const placed = sheets.flatMap((sheet) => {
    const relation = relations.find((one) => one.id === sheet.id)
    const entry = relation?.kind === 'worksheet' ? entries.get(locate(relation.target)) : undefined
    return entry ? [{ name: sheet.name, entry, isHidden: sheet.isHidden }] : []
  })
  if (placed.length === 0) throw transferErrors.FILE_BROKEN()
  const visible = placed.filter((sheet) => !sheet.isHidden)
  const [texts, styles] = [ofKind('sharedStrings'), ofKind('styles')]
  return {
    sheets: visible.length > 0 ? visible : placed,
    date1904,
    // Some writers name parts that they leave out; the file is broken only once a cell asks for a text.
    texts: texts !== undefined && entries.has(locate(texts)) ? await textsOf(part(locate(texts))) : [],
    meanings: styles !== undefined && entries.has(locate(styles)) ? await meaningsOf(part(locate(styles))) : [],
  }
}

async function* unpackedPart(path: string, entry: ZipEntry | undefined): AsyncGenerator<Buffer> {
  if (!entry) throw transferErrors.FILE_BROKEN()
  yield* unpacked(path, entry)
}

function relationsPath(part: string): string {
  return posix.join(posix.dirname(part), '_rels', `${posix.basename(part)}.rels`)
}

interface Relation {
  readonly id: string
  readonly kind: string
  readonly target: string
}

async function relationsOf(source: AsyncIterable<Buffer>): Promise<readonly Relation[]> {
  const relations: Relation[] = []
  await readAllXml(source, {
    opened: (name, { Id = '', Type = '', Target = '' }) => {
      if (name === 'Relationship')
        relations.push({ id: Id, kind: Type.slice(Type.lastIndexOf('/') + 1), target: Target })
    },
  })
  return relations
}

async function bookOf(source: AsyncIterable<Buffer>) {
  const sheets: { name: string; id: string; isHidden: boolean }[] = []
  let date1904 = false
  await readAllXml(source, {
    opened: (name, attributes) => {
      if (name === 'workbookPr') date1904 = ['1', 'true'].includes(attributes['date1904'] ?? '')
      if (name !== 'sheet') return
      const id = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1] ?? ''
      sheets.push({ name: attributes['name'] ?? '', id, isHidden: /hidden/i.test(attributes['state'] ?? '') })
    },
  })
  return { sheets, date1904 }
}

/** The table of texts: rich pieces joined, readings of Chinese and Japanese characters left out. */
async function textsOf(source: AsyncIterable<Buffer>): Promise<readonly string[]> {
  const texts: string[] = []
  let text = ''
  let isInText = false
  let isReading = false
  await readAllXml(source, {
    opened: (name) => {
      if (name === 'si') text = ''
      if (name === 'rPh') isReading = true
      isInText = name === 't' && !isReading
    },
    text: (piece) => {
      if (isInText) text += piece
    },
    closed: (name) => {
      if (name === 't') isInText = false
      if (name === 'rPh') isReading = false
      if (name === 'si') texts.push(unescaped(text))
    },
  })
  return texts
}

/** Control characters are written `_x000D_` in workbooks. */
export function unescaped(text: string): string {
  return text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text
}

async function meaningsOf(source: AsyncIterable<Buffer>): Promise<readonly NumberMeaning[]> {
  const formats = new Map<number, string>()
  const meanings: NumberMeaning[] = []
  let isInCells = false
  await readAllXml(source, {
    opened: (name, attributes) => {
      const format = Number(attributes['numFmtId'] ?? 0)
      if (name === 'numFmt') formats.set(format, attributes['formatCode'] ?? '')
      if (name === 'cellXfs') isInCells = true
      if (name === 'xf' && isInCells) meanings.push(meaningOf(format, formats.get(format)))
    },
    closed: (name) => {
      if (name === 'cellXfs') isInCells = false
    },
  })
  return meanings
}

/** Formats built into every workbook: dates, also those of Chinese and Japanese ones, and percentages. */
function meaningOf(id: number, code: string | undefined): NumberMeaning {
  if (code === undefined) {
    const isDate = (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)
    return isDate ? 'date' : id === 9 || id === 10 ? 'share' : 'number'
  }
  // Pieces in quotes and brackets are texts, colours and currencies, not codes.
  const bare = code.replace(/"[^"]*"|\[[^\]]*\]|\\.|_.|\*.|general/gi, '')
  if (bare.includes('%')) return 'share'
  return /[ymdhs年月日]/i.test(bare) ? 'date' : 'number'
}
