/** What ffmpeg needs of the environment to be found, to load its libraries and to reach a GPU. */
const passed = ['PATH', 'LD_LIBRARY_PATH', 'LIBVA_DRIVER_NAME', 'TMPDIR'] as const

/** What programs that keep models in the user's caches need beside that. */
const forEngines = [
  ...passed,
  'HOME',
  'XDG_CACHE_HOME',
  'HF_HOME',
  'CUDA_VISIBLE_DEVICES',
  'HTTPS_PROXY',
  'SSL_CERT_FILE',
] as const

/**
 * The environment of a child process. This is not configuration: it is the one place that passes on
 * the process's own environment, and it passes on four names, so that keys and passwords of ours
 * never reach a program that reads strangers' files.
 */
export function childEnvironment(): Record<string, string> {
  return { AV_LOG_FORCE_NOCOLOR: '1', LC_ALL: 'C', ...pickNames(passed) }
}

/** The environment of an engine of transcription; its texts are UTF-8 whatever the locale. */
export function engineEnvironment(): Record<string, string> {
  return { LC_ALL: 'C.UTF-8', PYTHONUTF8: '1', PYTHONUNBUFFERED: '1', ...pickNames(forEngines) }
}

function pickNames(names: readonly string[]): Record<string, string> {
  const environment: Record<string, string> = {}
  for (const name of names) {
    const value = process.env[name]
    if (value !== undefined) environment[name] = value
  }
  return environment
}
