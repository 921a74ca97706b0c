import { useState } from 'react'
import { MoreOutlined } from '@ant-design/icons'
import { App, Button, Dropdown } from 'antd'
import type { ScreenObject } from '#features/objects/web/index.tsx'
import { problemText } from '#web/kit/problem-text.ts'
import { useUndo } from '#web/kit/use-undo.tsx'
import { useWords } from '#web/words/use-words.ts'
import { SaveViewDialog } from './SaveViewDialog.tsx'
import { useSaveViews, type ShownView } from './use-views.ts'
import { viewWords } from './words.ts'

interface ViewActsProps {
  readonly object: ScreenObject
  readonly shown: ShownView
}

/** What is done with the view that is shown: save, save as, reset, share, begin with, delete. */
export function ViewActs({ object, shown }: ViewActsProps) {
  const t = useWords(viewWords)
  const { message } = App.useApp()
  const undo = useUndo()
  const saves = useSaveViews(object.key)
  const [dialog, setDialog] = useState<'saveAs' | 'edit'>()
  const { view, state, isChanged } = shown
  const isOwn = view?.can.change ?? false
  const tell = async (act: () => Promise<unknown>) => {
    try {
      await act()
    } catch (problem) {
      void message.error(problemText(problem))
    }
  }
  const save = (id: string, version: number) =>
    tell(async () => {
      await saves.change.mutateAsync({ id, version, kind: state.kind, definition: state.definition })
      shown.reset()
      void message.success(t('viewSaved'))
    })
  const remove = (id: string) =>
    tell(async () => {
      if (!view) return
      await saves.remove.mutateAsync(id)
      shown.show(undefined)
      const { name, kind, definition, visibility } = view
      undo(t('viewRemoved', { name }), async () => {
        const made = await saves.create.mutateAsync({ name, kind, definition, visibility })
        shown.show(made.id)
      })
    })
  return (
    <span className="view-acts">
      {isChanged && view && isOwn && (
        <Button
          size="small"
          type="primary"
          loading={saves.change.isPending}
          onClick={() => void save(view.id, view.version)}
        >
          {t('save')}
        </Button>
      )}
      {isChanged && (
        <>
          <Button size="small" onClick={() => setDialog('saveAs')}>
            {t('saveAs')}
          </Button>
          <Button size="small" type="text" onClick={shown.reset}>
            {t('reset')}
          </Button>
        </>
      )}
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            ...(isChanged ? [] : [{ key: 'saveAs', label: t('saveAs'), onClick: () => setDialog('saveAs') }]),
            ...(view
              ? [
                  {
                    key: 'begin',
                    label: t(view.isFirst ? 'beginUsual' : 'beginHere'),
                    onClick: () => void tell(() => saves.begin.mutateAsync(view.isFirst ? null : view.id)),
                  },
                ]
              : []),
            ...(view && isOwn
              ? [
                  { key: 'edit', label: t('editView'), onClick: () => setDialog('edit') },
                  { key: 'remove', label: t('removeView'), danger: true, onClick: () => void remove(view.id) },
                ]
              : []),
          ],
        }}
      >
        <Button size="small" type="text" icon={<MoreOutlined />} aria-label={t('viewActs')} />
      </Dropdown>
      {dialog && (
        <SaveViewDialog
          object={object}
          view={dialog === 'edit' ? view : undefined}
          isBusy={saves.create.isPending || saves.change.isPending}
          onClose={() => setDialog(undefined)}
          onSave={(name, visibility) =>
            void tell(async () => {
              if (dialog === 'edit' && view) {
                await saves.change.mutateAsync({ id: view.id, version: view.version, name, visibility })
              } else {
                const made = await saves.create.mutateAsync({
                  name,
                  visibility,
                  kind: state.kind,
                  definition: state.definition,
                })
                shown.show(made.id)
              }
              setDialog(undefined)
              void message.success(t('viewSaved'))
            })
          }
        />
      )}
    </span>
  )
}
