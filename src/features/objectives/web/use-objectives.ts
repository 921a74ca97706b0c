import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { call, type CallInput } from '#web/api/call.ts'
import { listMetricsRoute, listPlansRoute } from '#features/targets/contract.ts'
import * as contract from '../contract.ts'

export const useObjectives = () =>
  useQuery({
    queryKey: ['objectives'],
    queryFn: ({ signal }) => call(contract.listObjectivesRoute, { signal }),
  })

export const useMeasures = () =>
  useQuery({
    queryKey: ['metrics'],
    queryFn: ({ signal }) => call(listMetricsRoute, { signal }),
    staleTime: 600_000,
    select: (reply) => reply.metrics,
  })

export const useLinkablePlans = () =>
  useQuery({
    queryKey: ['plans', 'all'],
    queryFn: ({ signal }) => call(listPlansRoute, { query: {}, signal }),
    select: (reply) => reply.plans,
  })

interface Saving {
  /** Absent: a new one. */
  readonly known?: { readonly id: string; readonly version: number } | undefined
  readonly fields: CallInput<typeof contract.createObjectiveRoute>['body']
  /** Absent: the links stay. */
  readonly links?: CallInput<typeof contract.linkObjectiveRoute>['body']['links'] | undefined
}

async function save({ known, fields, links }: Saving): Promise<void> {
  const { id } = known
    ? await call(contract.changeObjectiveRoute, {
        params: { id: known.id },
        body: { ...fields, version: known.version },
      })
    : await call(contract.createObjectiveRoute, { body: fields })
  if (links) await call(contract.linkObjectiveRoute, { params: { id }, body: { links } })
}

export function useObjectiveActs() {
  const client = useQueryClient()
  const settled = { onSettled: () => client.invalidateQueries({ queryKey: ['objectives'] }) }
  return {
    save: useMutation({ mutationFn: save, ...settled }),
    setStatus: useMutation({
      mutationFn: ({ id, version, status, note }: Pick<contract.Objective, 'id' | 'version' | 'status' | 'note'>) =>
        call(contract.changeObjectiveRoute, { params: { id }, body: { version, status, note } }),
      ...settled,
    }),
    place: useMutation({
      mutationFn: ({ id, ...body }: { id: string; parentId: string | null; before: string | null }) =>
        call(contract.placeObjectiveRoute, { params: { id }, body }),
      ...settled,
    }),
    remove: useMutation({
      mutationFn: (id: string) => call(contract.deleteObjectiveRoute, { params: { id } }),
      ...settled,
    }),
  }
}
