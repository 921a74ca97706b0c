import sharp, { type Metadata } from 'sharp'

export interface Preview {
  /** The whole image, as it is looked at. */
  readonly width: number
  readonly height: number
  readonly webp: Buffer
}

/** Twice the side of the tile in which it is shown, for fine screens. */
const longestSide = 480
/** Some hundred MB while it is read; an image that claims more is kept without a preview. */
const mostPixels = 100_000_000

sharp.cache(false)
// Uploads come at once; each takes one core, so that the others answer.
sharp.concurrency(1)

/**
 * A small version of an image, turned as it was taken and without what the camera wrote into it, such as the place.
 * Undefined where the image cannot be read.
 */
export async function previewOf(path: string): Promise<Preview | undefined> {
  try {
    const image = sharp(path, { limitInputPixels: mostPixels, failOn: 'truncated', sequentialRead: true })
    const { width, height } = sizeOf(await image.metadata())
    const side = { width: longestSide, height: longestSide }
    const webp = await image
      .rotate()
      .resize({ ...side, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 76 })
      .toBuffer()
    return { width, height, webp }
  } catch {
    return undefined
  }
}

/** Orientations from 5 on lie on their side. */
function sizeOf({ width, height, orientation = 1 }: Metadata) {
  return orientation >= 5 ? { width: height, height: width } : { width, height }
}
