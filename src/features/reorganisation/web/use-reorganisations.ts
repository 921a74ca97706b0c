import { App, type FormInstance } from 'antd'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '#web/api/call.ts'
import { ApiProblem } from '#web/api/problem.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { useWords } from '#web/words/use-words.ts'
import { draftEffectsRoute, draftRevisionsRoute, healthRoute, listDraftsRoute, showDraftRoute } from '../contract.ts'
import { reorganisationWords } from './words.ts'

const of = 'reorganisations'

export function useDrafts() {
  return useQuery({
    queryKey: [of],
    queryFn: ({ signal }) => call(listDraftsRoute, { signal }),
    select: (r) => r.drafts,
  })
}

export function useDraft(id: string) {
  return useQuery({
    queryKey: [of, id],
    queryFn: ({ signal }) => call(showDraftRoute, { params: { id }, signal }),
    placeholderData: (before) => before,
  })
}

/** What is told anew: a metric over a fiscal year; the usual ones unless asked. */
interface ToldAnew {
  readonly metric?: string
  readonly period?: string
}

export function useEffects(id: string, version: number, query: ToldAnew) {
  return useQuery({
    queryKey: [of, id, 'effects', version, query],
    queryFn: ({ signal }) => call(draftEffectsRoute, { params: { id }, query, signal }),
    placeholderData: (before) => before,
  })
}

export function useRevisions(id: string, version: number) {
  return useQuery({
    queryKey: [of, id, 'revisions', version],
    queryFn: ({ signal }) => call(draftRevisionsRoute, { params: { id }, signal }),
    select: (reply) => reply.revisions,
  })
}

export function useHealth(structure: string | undefined) {
  return useQuery({
    queryKey: ['org', 'health', structure ?? ''],
    queryFn: ({ signal }) => call(healthRoute, { query: structure ? { structure } : {}, signal }),
  })
}

/** One change of a draft: said, read anew; a refusal is said at the form's field where it has one. */
export function useDraftAct<Input, Reply>(
  act: (input: Input) => Promise<Reply>,
  options: { readonly form?: FormInstance; readonly onDone?: (reply: Reply) => void } = {},
) {
  const { message } = App.useApp()
  const t = useWords(reorganisationWords)
  const client = useQueryClient()
  return useMutation({
    mutationFn: act,
    onSuccess: async (reply) => {
      void message.success(t('done'))
      options.onDone?.(reply)
      await client.invalidateQueries()
    },
    onError: (problem) => {
      if (!sayAtFields(options.form, problem)) void message.error(problemText(problem))
    },
  })
}

/** `steps.3.parentId` is the field `parentId` of the step that was being added. */
function sayAtFields(form: FormInstance | undefined, problem: unknown): boolean {
  if (!form || !(problem instanceof ApiProblem)) return false
  const said = problem.faults.flatMap(({ field, message }) => {
    const name = field.split('.').at(-1) ?? field
    return form.getFieldInstance(name) === undefined ? [] : [{ name, errors: [message] }]
  })
  form.setFields(said)
  return said.length > 0 && said.length === problem.faults.length
}
