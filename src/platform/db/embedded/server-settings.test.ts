import { expect, it } from 'vitest'
import { memoryFor } from './server-settings.ts'

const gigabytes = (count: number) => count * 2 ** 30

it('gives the database a quarter of the memory, neither too little to work nor more than a desk can spare', () => {
  expect(memoryFor(gigabytes(4))).toEqual({ shared_buffers: '1024MB', effective_cache_size: '2048MB' })
  expect(memoryFor(gigabytes(0.25))).toEqual({ shared_buffers: '128MB', effective_cache_size: '256MB' })
  expect(memoryFor(gigabytes(64))).toEqual({ shared_buffers: '2048MB', effective_cache_size: '32768MB' })
})
