import type { ByteRange } from './content-store.ts'

/**
 * The one range that a request asks for; undefined: the whole file, also where several are asked for; `nowhere` where it
 * lies outside of the file. As RFC 9110 says.
 */
export function rangeAsked(header: string | undefined, size: number): ByteRange | 'nowhere' | undefined {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? []
  if (first === '' && last === '') return undefined
  if (first === '') {
    const count = Math.min(Number(last), size)
    return count === 0 ? 'nowhere' : { from: size - count, to: size - 1 }
  }
  const [from, to] = [Number(first), last === '' ? size - 1 : Math.min(Number(last), size - 1)]
  if (last !== '' && Number(last) < from) return undefined
  return from >= size ? 'nowhere' : { from, to }
}
