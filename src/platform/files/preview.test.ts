import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, expect, it } from 'vitest'
import { temporaryFolder } from '#testing/temporary-folder.ts'
import { previewOf } from './preview.ts'

const folder = mkdtempSync(join(temporaryFolder(), 'terrace-preview-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function imageOf(width: number, height: number): Promise<string> {
  const path = join(folder, `${width}.png`)
  await sharp({ create: { width, height, channels: 3, background: '#4a8' } })
    .toColourspace('b-w')
    .toFile(path)
  return path
}

it('draws one image at a time, however many come at once', async () => {
  const path = await imageOf(900, 600)
  let most = 0
  const watch = (atWork: number) => (most = Math.max(most, atWork))
  sharp.queue.on('change', watch)
  const previews = await Promise.all([1, 2, 3, 4].map(() => previewOf(path)))
  sharp.queue.off('change', watch)
  expect(previews.map((preview) => preview?.width)).toEqual([900, 900, 900, 900])
  expect(most).toBe(1)
})

it('draws the next after one that cannot be read, and none of more pixels than a phone takes', async () => {
  const good = await imageOf(800, 600)
  const huge = await imageOf(7000, 7200)
  const [none, large, small] = await Promise.all([previewOf(join(folder, 'no.png')), previewOf(huge), previewOf(good)])
  expect([none, large, small?.height]).toEqual([undefined, undefined, 600])
})
