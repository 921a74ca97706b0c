import { SaxesParser } from 'saxes'
import { AppError } from '#base/errors.ts'
import { transferErrors } from './errors.ts'

/** What a reader of one part of a workbook wants to hear; names come without their namespace. */
export interface XmlListener {
  opened(name: string, attributes: Readonly<Record<string, string>>): void
  closed?(name: string): void
  text?(text: string): void
}

/** Feeds a listener and yields after each piece, so that what it gathered can be passed on. Bad XML refuses the file. */
export async function* readXml(source: AsyncIterable<Buffer>, listener: XmlListener): AsyncGenerator<void> {
  const parser = new SaxesParser()
  const decoder = new TextDecoder('utf-8')
  parser.on('opentag', (tag) => listener.opened(localName(tag.name), tag.attributes))
  parser.on('closetag', (tag) => listener.closed?.(localName(tag.name)))
  parser.on('text', (text) => listener.text?.(text))
  parser.on('cdata', (text) => listener.text?.(text))
  try {
    for await (const chunk of source) {
      parser.write(decoder.decode(chunk, { stream: true }))
      yield
    }
    parser.write(decoder.decode())
    parser.close()
    yield
  } catch (error) {
    throw error instanceof AppError ? error : transferErrors.FILE_BROKEN()
  }
}

/** Reads a whole part; for small ones. */
export async function readAllXml(source: AsyncIterable<Buffer>, listener: XmlListener): Promise<void> {
  for await (const piece of readXml(source, listener)) void piece
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}
