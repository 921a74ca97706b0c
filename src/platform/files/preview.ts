import sharp, { type Metadata, type Sharp } from 'sharp'

export interface Preview {
  /** The whole image, as it is looked at. */
  readonly width: number
  readonly height: number
  readonly webp: Buffer
  /** As large as a screen shows it; absent where the image itself is no larger. */
  readonly middle?: Buffer
}

/** Twice the side of the tile in which it is shown, for fine screens. */
const longestSide = 480
/** What a screen shows at once. */
const middleSide = 1600
/** What phones take, some hundred MB while it is read; an image that claims more is kept without a preview. */
const mostPixels = 50_000_000

sharp.cache(false)
// One core at most, so that the others answer.
sharp.concurrency(1)

/**
 * A small version of an image, and of a large one another in between, turned as it was taken and without what the camera wrote into it, such as the place.
 * Undefined where the image cannot be read.
 */
export function previewOf(path: string): Promise<Preview | undefined> {
  const preview = line.then(() => drawn(path))
  line = preview
  return preview
}

/** Uploads come at once; one image at a time is read, or their pixels together fill the memory. */
let line: Promise<unknown> = Promise.resolve()

async function drawn(path: string): Promise<Preview | undefined> {
  try {
    const image = sharp(path, { limitInputPixels: mostPixels, failOn: 'truncated', sequentialRead: true })
    const { width, height } = sizeOf(await image.metadata())
    if (Math.max(width, height) <= middleSide) return { width, height, webp: await within(image.rotate(), longestSide) }
    const middle = await within(image.rotate(), middleSide)
    // The pixels of the whole image are read once.
    return { width, height, middle, webp: await within(sharp(middle), longestSide) }
  } catch {
    return undefined
  }
}

function within(image: Sharp, side: number): Promise<Buffer> {
  return image
    .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 76 })
    .toBuffer()
}

/** Orientations from 5 on lie on their side. */
function sizeOf({ width, height, orientation = 1 }: Metadata) {
  return orientation >= 5 ? { width: height, height: width } : { width, height }
}
