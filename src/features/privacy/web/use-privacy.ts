import { App } from 'antd'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { call, type CallInput } from '#web/api/call.ts'
import { problemText } from '#web/kit/problem-text.ts'
import {
  eraseRoute,
  exportPersonRoute,
  listConsentsRoute,
  listRunsRoute,
  previewErasureRoute,
  recordConsentRoute,
} from '../contract.ts'

export interface PersonPlace {
  readonly object: string
  readonly id: string
}

export function useConsents(place: PersonPlace) {
  return useQuery({
    queryKey: ['consents', place.object, place.id],
    queryFn: ({ signal }) => call(listConsentsRoute, { params: { ...place }, signal }),
  })
}

export function useRuns(place: PersonPlace, isAllowed: boolean) {
  return useQuery({
    queryKey: ['personal-runs', place.object, place.id],
    queryFn: ({ signal }) => call(listRunsRoute, { params: { ...place }, signal }),
    enabled: isAllowed,
    refetchInterval: ({ state }) =>
      state.data?.runs.some((run) => run.state === 'queued' || run.state === 'running') ? 1000 : false,
  })
}

export function usePreview(place: PersonPlace) {
  return useQuery({
    queryKey: ['erasure', place.object, place.id],
    queryFn: ({ signal }) => call(previewErasureRoute, { params: { ...place }, signal }),
    staleTime: 0,
  })
}

type Said = CallInput<typeof recordConsentRoute>['body']
type Wish = CallInput<typeof eraseRoute>['body']

export function usePrivacyActs(place: PersonPlace) {
  const client = useQueryClient()
  const { message } = App.useApp()
  const reread = () => client.invalidateQueries()
  const onError = (problem: unknown) => void message.error(problemText(problem))
  const params = { ...place }
  return {
    record: useMutation({
      mutationFn: (body: Said) => call(recordConsentRoute, { params, body }),
      onSuccess: reread,
      onError,
    }),
    exportAll: useMutation({
      mutationFn: () => call(exportPersonRoute, { params, body: {} }),
      onSuccess: reread,
      onError,
    }),
    erase: useMutation({ mutationFn: (body: Wish) => call(eraseRoute, { params, body }), onSuccess: reread, onError }),
  }
}
