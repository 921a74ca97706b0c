import { expect, it } from 'vitest'
import { dialled } from './dialled.ts'

it.each([
  ['021-5555 8888 转 801', 'tel:02155558888,801'],
  ['021-55558888-801', 'tel:02155558888,801'],
  ['+41 44 123 45 67', 'tel:+41441234567'],
  ['138 0013 8000/139 0013 9000', 'tel:13800138000'],
  ['95588', 'tel:95588'],
])('%s is dialled as %s', (text, address) => expect(dialled(text)).toBe(address))
