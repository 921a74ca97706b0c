import { useLabel, useWords } from '#web/words/use-words.ts'
import { useScopes } from './use-keys.ts'
import { keyWords } from './words.ts'

/** A scope as people read it; one that this person could not give stays as it is written. */
export function useScopeWords(): (scope: string) => string {
  const t = useWords(keyWords)
  const label = useLabel()
  const { data } = useScopes()
  return (scope) => {
    if (scope === 'read') return t('readAll')
    if (scope === 'write') return t('writeAll')
    const [head = '', tail = ''] = scope.split(':')
    const permission = data?.permissions.find(({ key }) => head === 'permission' && key === tail)
    if (permission) return label(permission.label)
    const object = data?.objects.find(({ key }) => key === head)
    if (!object) return scope
    return t(tail === 'write' ? 'scopeWrite' : 'scopeRead', { object: label(object.label) })
  }
}
