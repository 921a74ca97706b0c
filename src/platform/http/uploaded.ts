import type { MultipartFile } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'

/**
 * The file of a form, cut off at `mostBytes` if that is told; undefined where none came, or where the form breaks off or
 * cannot be read.
 */
export async function uploaded(request: FastifyRequest, mostBytes?: number): Promise<MultipartFile | undefined> {
  if (!request.isMultipart()) return undefined
  try {
    return await request.file(mostBytes === undefined ? {} : { limits: { fileSize: mostBytes } })
  } catch (error) {
    // What is refused for its size says so; the rest are forms that no browser sends.
    if (error instanceof Error && 'statusCode' in error) throw error
    return undefined
  }
}
