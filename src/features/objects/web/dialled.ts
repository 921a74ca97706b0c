import { barePhone } from '#engine/duplicates/phone.ts'

/** The address that calls a number: of several the first, then after a pause its extension. */
export function dialled(text: string): string {
  const [first = ''] = text.split('/')
  const [number = '', extension] = barePhone(first).split('x')
  if (number === '') return `tel:${first.replace(/[^\d+]/g, '')}`
  return extension === undefined ? `tel:${number}` : `tel:${number},${extension}`
}
