import { expect, it } from 'vitest'
import { isPrivateAddress } from './private-address.ts'

it.each([
  ...[
    '127.0.0.1',
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '0.0.0.0',
    '100.64.0.1',
  ],
  ...['224.0.0.1', '255.255.255.255', '::1', '::', 'fe80::1%eth0', 'fd00::1', 'ff02::1', '::ffff:127.0.0.1'],
  ...['::ffff:10.0.0.1', '64:ff9b::7f00:1', '2002:7f00:1::'],
])('%s is not the open internet', (address) => {
  expect(isPrivateAddress(address)).toBe(true)
})

it.each(['8.8.8.8', '172.32.0.1', '192.169.0.1', '2400:3200::1', '::ffff:8.8.8.8'])('%s is', (address) => {
  expect(isPrivateAddress(address)).toBe(false)
})
