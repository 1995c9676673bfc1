/** A file sent so that a lost connection goes on where it was; a refusal of the server arrives as ApiProblem. */
import { DetailedError, Upload } from 'tus-js-client'
import { findUploadedFile } from '../../src/imports/read/contract.ts'
import { apiRoot, type OperationAnswer, type Problem } from '../../src/platform/contract.ts'
import { ApiProblem, call, languageHeader, unreachable } from '../api.ts'

export type UploadedFile = OperationAnswer<typeof findUploadedFile>

export type UploadWatch = {
  /** As soon as the server knows the file; its beginning can be read from then on. */
  readonly onBegin: (fileId: string) => void
  readonly onProgress: (sent: number) => void
  readonly signal: AbortSignal
}

export async function uploadFile(file: File, watch: UploadWatch): Promise<UploadedFile> {
  const id = await sendFile(file, watch)
  return call(findUploadedFile, { params: { id } }, watch.signal)
}

const idOf = (address: string): string => new URL(address, location.href).pathname.split('/').at(-1) ?? ''

function sendFile(file: File, { onBegin, onProgress, signal }: UploadWatch): Promise<string> {
  return new Promise((resolve, reject) => {
    const upload = new Upload(file, {
      endpoint: `${apiRoot}/uploads`,
      retryDelays: [0, 1000, 3000, 5000, 10_000],
      chunkSize: 64 * 1024 * 1024,
      removeFingerprintOnSuccess: true,
      metadata: { filename: file.name, filetype: file.type },
      headers: languageHeader(),
      onUploadUrlAvailable: () => onBegin(idOf(upload.url ?? '')),
      onProgress: (sent) => onProgress(sent),
      onError: (error) => reject(toProblem(error)),
      onSuccess: () => resolve(idOf(upload.url ?? '')),
      onShouldRetry: (error) => {
        const status = error instanceof DetailedError ? (error.originalResponse?.getStatus() ?? 0) : 0
        return status === 0 || status === 409 || status === 423 || status >= 500
      },
    })
    signal.addEventListener('abort', () => {
      void upload.abort()
      reject(new DOMException('cancelled', 'AbortError'))
    })
    upload.start()
  })
}

function toProblem(error: Error): Error {
  if (!(error instanceof DetailedError) || !error.originalResponse) return new ApiProblem(unreachable(0))
  const body = error.originalResponse.getBody()
  return new ApiProblem(
    isProblem(body) ? (JSON.parse(body) as Problem) : unreachable(error.originalResponse.getStatus()),
  )
}

function isProblem(body: string): boolean {
  return body.startsWith('{') && body.includes('"code"')
}
