import { SaxesParser } from 'saxes'

interface Listing {
  readonly contents: readonly { readonly key: string; readonly size: number; readonly changedAt: Date }[]
  /** Asks for the next page; undefined at the end. */
  readonly next: string | undefined
}

/** One page of what a bucket holds, as S3 writes it. Throws on anything that is not XML. */
export function readListing(xml: string): Listing {
  const contents: { key: string; size: number; changedAt: Date }[] = []
  const way: string[] = []
  let here: Record<string, string> = {}
  let next: string | undefined
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name }) => {
    way.push(name)
    if (name === 'Contents') here = {}
  })
  parser.on('text', (text) => {
    const name = way.at(-1) ?? ''
    if (name === 'NextContinuationToken') next = (next ?? '') + text
    if (way.at(-2) === 'Contents') here[name] = (here[name] ?? '') + text
  })
  parser.on('closetag', ({ name }) => {
    way.pop()
    if (name !== 'Contents') return
    contents.push({
      key: here['Key'] ?? '',
      size: Number(here['Size']),
      changedAt: new Date(here['LastModified'] ?? 0),
    })
  })
  parser.write(xml).close()
  return { contents, next }
}
