import { endingOf } from '#engine/files/file-kinds.ts'

const longestName = 200

/** A name as it is kept: one line, without folders and without signs that turn the direction of reading. */
export function keptName(name: string): string {
  const plain = name
    .toWellFormed()
    .replace(/^.*[/\\]/s, '')
    .replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .trim()
  if (plain === '' || plain.startsWith('.')) return `file${plain}`
  const ending = endingOf(plain)
  const rest = ending === '' ? plain : plain.slice(0, -ending.length - 1)
  const shown = [...rest].slice(0, longestName - ending.length - 1).join('')
  return ending === '' ? shown : `${shown}.${ending}`
}

/** How a name travels with a file (RFC 6266): in plain letters, and whole in the form of RFC 5987. */
export function disposition(how: 'inline' | 'attachment', name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const whole = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${how}; filename="${plain}"; filename*=UTF-8''${whole}`
}
