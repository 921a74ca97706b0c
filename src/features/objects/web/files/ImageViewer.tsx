import { Image } from 'antd'
import { viewAddress } from './use-files.ts'
import type { TiledFile } from './FileTile.tsx'

interface ImageViewerProps {
  readonly images: readonly TiledFile[]
  /** Id of the image that is looked at. */
  readonly at: string
  readonly onTurn: (id: string) => void
  readonly onClose: () => void
}

/** Images as large as the screen shows them, one after the other: arrows turn, Escape closes. */
export function ImageViewer({ images, at, onTurn, onClose }: ImageViewerProps) {
  const current = Math.max(
    0,
    images.findIndex(({ id }) => id === at),
  )
  return (
    <Image.PreviewGroup
      items={images.map(({ id, name }) => ({ src: viewAddress(id), alt: name }))}
      preview={{
        open: true,
        current,
        // Names the viewer and the image in it.
        alt: images[current]?.name ?? '',
        onChange: (next) => onTurn(images[next]?.id ?? at),
        onOpenChange: (isOpen) => !isOpen && onClose(),
      }}
    />
  )
}
