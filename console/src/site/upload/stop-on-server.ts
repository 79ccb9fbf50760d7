/** Ends an upload that nothing works on any more (tus 1.0, termination). */
export async function stopOnServer(url: string): Promise<void> {
  try {
    await fetch(url, { method: 'DELETE', headers: { 'Tus-Resumable': '1.0.0' } })
  } catch {
    // The server cannot be reached; it gives the upload up by itself after a day.
  }
}
