import { useState } from 'react'
import { DeleteOutlined, DownloadOutlined } from '@ant-design/icons'
import { App, Button } from 'antd'
import { fileRoutes, type AttachmentView } from '#engine/files/contract.ts'
import { isShownImage } from '#engine/files/file-kinds.ts'
import { call } from '#web/api/call.ts'
import { momentText } from '#web/kit/date-text.ts'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { problemText } from '#web/kit/problem-text.ts'
import { sizeText } from '#web/kit/size-text.ts'
import { useUndo } from '#web/kit/use-undo.tsx'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import type { ScreenObject } from '../use-objects.ts'
import type { RecordRow } from '../use-records.ts'
import { FileButtons } from './FileButtons.tsx'
import { FileTile } from './FileTile.tsx'
import { ImageViewer } from './ImageViewer.tsx'
import { UploadList } from './UploadList.tsx'
import { useDrop, usePaste } from './use-drop.ts'
import { attachAddress, saveAddress, useFiles, useFileUsage, useForgetFiles, useUploads } from './use-files.ts'
import { fileWords } from './words.ts'
import './files.css'

interface FilesPanelProps {
  readonly object: ScreenObject
  readonly row: RecordRow
}

/** The files of a record: what is there, and everything that brings one. */
export function FilesPanel({ object, row }: FilesPanelProps) {
  const t = useWords(fileWords)
  const place = { object: object.key, id: row.id }
  const files = useFiles(place)
  const forget = useForgetFiles(place)
  const { underway, add, dismiss } = useUploads(attachAddress(place), () => void forget())
  const [lookedAt, setLookedAt] = useState<string>()
  const canAttach = files.data?.canAttach ?? false
  const { isOver, drop } = useDrop(canAttach, add)
  usePaste(canAttach, add)
  if (files.isPending) return <LoadingState rows={3} />
  if (files.isError) return <ErrorState problem={files.error} onRetry={() => void files.refetch()} />
  const shown = files.data.files
  const images = shown.filter(({ name }) => isShownImage(name))
  return (
    <section className="files" aria-label={t('files')} data-over={isOver} {...drop}>
      {canAttach && (
        <div className="files-head">
          <FileButtons text={t('add')} onChosen={add} />
          <span className="muted files-hint">{isOver ? t('dropHere') : t('dropHint')}</span>
        </div>
      )}
      <UploadList underway={underway} onDismiss={dismiss} />
      {shown.length === 0 && underway.length === 0 && <EmptyState title={t('none')} text={t('noneText')} />}
      <ul className="file-tiles">
        {shown.map((file) => (
          <AttachedFile
            key={file.id}
            object={object}
            file={file}
            onOpen={() => setLookedAt(file.id)}
            onRemoved={() => void forget()}
          />
        ))}
      </ul>
      {canAttach && <Limits />}
      {lookedAt && (
        <ImageViewer images={images} at={lookedAt} onTurn={setLookedAt} onClose={() => setLookedAt(undefined)} />
      )}
    </section>
  )
}

function Limits() {
  const t = useWords(fileWords)
  const { data } = useFileUsage()
  if (!data) return null
  return (
    <p className="muted files-limits">
      {t('limits', { most: sizeText(data.mostBytesPerFile), bytes: sizeText(data.bytes) })}
    </p>
  )
}

interface AttachedFileProps {
  readonly object: ScreenObject
  readonly file: AttachmentView
  readonly onOpen: () => void
  readonly onRemoved: () => void
}

function AttachedFile({ object, file, onOpen, onRemoved }: AttachedFileProps) {
  const t = useWords(fileWords)
  const label = useLabel()
  const language = useLanguage()
  const { message } = App.useApp()
  const undo = useUndo()
  const { id, name } = file
  const field = object.fields.find(({ key }) => key === file.field)
  const remove = async () => {
    try {
      await call(fileRoutes.remove, { params: { id } })
      onRemoved()
      undo(t('removed', { name }), async () => {
        await call(fileRoutes.restore, { params: { id } })
        onRemoved()
      })
    } catch (problem) {
      void message.error(problemText(problem))
    }
  }
  return (
    <FileTile
      file={file}
      hasPreview={file.hasPreview}
      onOpen={onOpen}
      note={
        <>
          <span className="num">{sizeText(file.size)}</span> · {file.personName ?? t('system')} ·{' '}
          {momentText(String(file.createdAt), language)}
          {field && <> · {t('ofField', { field: label(field.label) })}</>}
        </>
      }
      actions={
        <>
          <Button
            type="text"
            size="small"
            icon={<DownloadOutlined />}
            href={saveAddress(id)}
            download={name}
            aria-label={t('save', { name })}
          />
          {file.canRemove && (
            <Button
              type="text"
              size="small"
              icon={<DeleteOutlined />}
              aria-label={t('remove', { name })}
              onClick={() => void remove()}
            />
          )}
        </>
      }
    />
  )
}
