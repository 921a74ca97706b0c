import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { transferRoutes } from '#engine/transfer/contract.ts'
import type { ImportView } from '#engine/transfer/import-view.ts'
import type { OpenedFile } from '#engine/transfer/opened-file.ts'
import type { ImportSet, Mapping } from '#engine/transfer/mapping.ts'
import { call } from '#web/api/call.ts'
import { send } from '#web/api/send.ts'
import { useLiveProgress } from '#web/live/live.tsx'

export const targetsKey = ['import-targets'] as const
export const importsKey = ['imports'] as const
const descriptionsKey = ['import-descriptions'] as const

/** What the person may import into. */
export function useTargets() {
  return useQuery({
    queryKey: targetsKey,
    queryFn: ({ signal }) => call(transferRoutes.targets, { signal }),
    staleTime: 600_000,
    select: (reply) => reply.targets,
  })
}

/** The newest imports; asked again while one is under way. */
export function useRecentImports() {
  const client = useQueryClient()
  const pollMs = useLiveProgress('import', 2000, () => void client.invalidateQueries({ queryKey: importsKey }))
  return useQuery({
    queryKey: importsKey,
    queryFn: ({ signal }) => call(transferRoutes.list, { signal }),
    select: (reply) => reply.imports,
    refetchInterval: ({ state }) => (state.data?.imports.some(isUnderWay) ? pollMs : false),
  })
}

export function isUnderWay({ state }: Pick<ImportView, 'state'>): boolean {
  return state === 'queued' || state === 'running'
}

export function isUndoUnderWay({ undo }: Pick<ImportView, 'undo'>): boolean {
  return undo?.state === 'queued' || undo?.state === 'running'
}

/** What undoing an import would meet, and what an undo left as it is; asked anew each time. */
export function useUndoView(id: string) {
  return useQuery({
    queryKey: [...importsKey, 'undo', id],
    queryFn: ({ signal }) => call(transferRoutes.showUndo, { params: { id }, signal }),
    staleTime: 0,
  })
}

export function useUndo() {
  return useMutation({ mutationFn: (id: string) => call(transferRoutes.undo, { params: { id } }) })
}

/** The runs of a set, watched closely until the last has ended or is undone. */
export function useSetRuns(setId: string) {
  const client = useQueryClient()
  const queryKey = [...importsKey, 'set', setId]
  const look = () => void client.invalidateQueries({ queryKey })
  const pollMs = useLiveProgress('import', 700, look)
  const undoMs = useLiveProgress('undo', 700, look)
  return useQuery({
    queryKey,
    queryFn: ({ signal }) => call(transferRoutes.showSet, { params: { id: setId }, signal }),
    select: (reply) => reply.imports,
    refetchInterval: ({ state }) =>
      state.data?.imports.some((run) => isUnderWay(run) || isUndoUnderWay(run)) === false
        ? false
        : Math.min(pollMs, undoMs),
  })
}

/** Sends a file and learns its header. */
export async function uploadFile(file: File): Promise<OpenedFile> {
  const body = new FormData()
  body.set('file', file, file.name)
  return send('POST', transferRoutes.upload.path, { body })
}

export function useStart() {
  const client = useQueryClient()
  const forget = () => client.invalidateQueries({ queryKey: importsKey })
  const one = useMutation({
    mutationFn: (body: { fileId: string; mapping: Mapping; isDry: boolean }) => call(transferRoutes.start, { body }),
    onSuccess: forget,
  })
  const set = useMutation({
    mutationFn: (body: { set: ImportSet; files: Record<string, string> }) => call(transferRoutes.startSet, { body }),
    onSuccess: forget,
  })
  const cancel = useMutation({
    mutationFn: (id: string) => call(transferRoutes.cancel, { params: { id } }),
    onSuccess: forget,
  })
  return { one, set, cancel }
}

/** Descriptions that the company keeps. */
export function useDescriptions() {
  const client = useQueryClient()
  const query = useQuery({
    queryKey: descriptionsKey,
    queryFn: ({ signal }) => call(transferRoutes.descriptions, { signal }),
    select: (reply) => reply.descriptions,
  })
  const save = useMutation({
    mutationFn: (body: { name: string; mapping?: Mapping; set?: ImportSet }) =>
      call(transferRoutes.saveDescription, { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: descriptionsKey }),
  })
  return { descriptions: query.data ?? [], save }
}

/** Where the browser fetches a file from by a plain link. */
export function fileAddress(path: string, params: Readonly<Record<string, string>>, format: 'csv' | 'xlsx'): string {
  return `${path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))}?format=${format}`
}
