import { useRef, useState } from 'react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { fileRoutes, type AttachmentView } from '#engine/files/contract.ts'
import { call } from '#web/api/call.ts'
import { upload } from '#web/api/upload.ts'
import { problemText } from '#web/kit/problem-text.ts'

export interface RecordPlace {
  readonly object: string
  readonly id: string
}

const usageKey = ['files', 'usage']
const keyOf = ({ object, id }: RecordPlace) => ['records', object, 'files', id]

/** The files of a record, newest first. */
export function useFiles(place: RecordPlace) {
  return useQuery({
    queryKey: keyOf(place),
    queryFn: ({ signal }) => call(fileRoutes.list, { params: { ...place }, signal }),
  })
}

/** The names of the files that a record has or had, by their ids; asked for only where it has file fields. */
export function useFileNames(place: RecordPlace, isAsked: boolean): ReadonlyMap<string, string> {
  const { data } = useQuery({
    queryKey: [...keyOf(place), 'removed'],
    queryFn: ({ signal }) => call(fileRoutes.list, { params: { ...place }, query: { removed: 'true' }, signal }),
    enabled: isAsked,
  })
  return new Map(data?.files.map(({ id, name }) => [id, name]))
}

export function useForgetFiles(place: RecordPlace): () => Promise<void> {
  const client = useQueryClient()
  return async () => {
    await client.invalidateQueries({ queryKey: keyOf(place) })
    await client.invalidateQueries({ queryKey: ['records', place.object, 'history', place.id] })
    await client.invalidateQueries({ queryKey: usageKey })
  }
}

export function useFileUsage() {
  return useQuery({
    queryKey: usageKey,
    queryFn: ({ signal }) => call(fileRoutes.usage, { signal }),
    staleTime: 300_000,
  })
}

const filled = (path: string, values: Readonly<Record<string, string>>) =>
  path.replace(/:(\w+)/g, (_whole, name: string) => encodeURIComponent(values[name] ?? ''))

export const previewAddress = (id: string): string => filled(fileRoutes.preview.path, { id })
/** The image as large as a screen shows it. */
export const viewAddress = (id: string): string => `${previewAddress(id)}?size=middle`
const contentAddress = (id: string): string => filled(fileRoutes.content.path, { id })
export const saveAddress = (id: string): string => `${contentAddress(id)}?as=save`
export const attachAddress = ({ object, id }: RecordPlace): string => filled(fileRoutes.attach.path, { object, id })
export const valueAddress = (object: string, field: string): string =>
  filled(fileRoutes.uploadValue.path, { object, field })

/** A file on its way, or one that did not arrive and why. */
export interface FileOnItsWay {
  readonly key: string
  readonly name: string
  /** From 0 to 1. */
  readonly share: number
  readonly why?: string
  stop(): void
}

/** Sends files one after the other; what is refused stays in sight with the reason until it is dismissed. */
export function useUploads(address: string, onArrived: (file: AttachmentView) => void) {
  const [underway, setUnderway] = useState<readonly FileOnItsWay[]>([])
  const line = useRef<Promise<void>>(Promise.resolve())
  const change = (key: string, changes: Partial<FileOnItsWay>) =>
    setUnderway((now) => now.map((one) => (one.key === key ? { ...one, ...changes } : one)))
  const drop = (key: string) => setUnderway((now) => now.filter((one) => one.key !== key))

  const send = async (file: File, key: string, signal: AbortSignal) => {
    try {
      if (signal.aborted) return
      const onProgress = (share: number) => change(key, { share })
      onArrived(await upload<AttachmentView>(address, file, { signal, onProgress }))
      drop(key)
    } catch (problem) {
      if (problem instanceof DOMException && problem.name === 'AbortError') drop(key)
      else change(key, { why: problemText(problem) })
    }
  }
  const add = (files: readonly File[]) => {
    for (const file of files) {
      const key = crypto.randomUUID()
      const stopper = new AbortController()
      const stop = () => (stopper.abort(), drop(key))
      setUnderway((now) => [...now, { key, name: file.name, share: 0, stop }])
      line.current = line.current.then(() => send(file, key, stopper.signal))
    }
  }
  return { underway, add, dismiss: drop }
}
