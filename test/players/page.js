/**
 * The page on which players of others are tried: each as `window.<name>`, with the same few words.
 * Errors of the player itself are kept in `window.errors`.
 */
const video = document.querySelector('video')
window.errors = []
window.hasEnded = false
video.addEventListener('ended', () => {
  window.hasEnded = true
})
video.addEventListener('error', () => window.errors.push(`media: ${video.error.message}`))

window.shakaPlayer = {
  async open(url) {
    window.shaka.polyfill.installAll()
    this.player = new window.shaka.Player()
    this.player.addEventListener('error', ({ detail }) => window.errors.push(String(detail)))
    this.player.configure({ abr: { enabled: false } })
    await this.player.attach(video)
    await this.player.load(url)
    await video.play()
  },
  listSizes() {
    return this.player.getVariantTracks().map(({ height }) => height)
  },
  chooseSize(height) {
    const active = this.player.getVariantTracks().find((track) => track.active)
    const wanted = this.player
      .getVariantTracks()
      .find((track) => track.height === height && track.language === active.language)
    this.player.selectVariantTrack(wanted, true)
  },
  listLanguages() {
    return this.player.getAudioTracks().map(({ language }) => language)
  },
  chooseLanguage(language) {
    this.player.selectAudioTrack(
      this.player.getAudioTracks().find((track) => track.language === language),
    )
  },
}

window.dashPlayer = {
  async open(url) {
    this.player = window.dashjs.MediaPlayer().create()
    this.player.updateSettings({
      streaming: {
        abr: { autoSwitchBitrate: { video: false, audio: false } },
        buffer: { fastSwitchEnabled: true },
      },
    })
    this.player.on('error', ({ error }) => window.errors.push(JSON.stringify(error)))
    this.player.initialize(video, url, true)
    await new Promise((resolve) => this.player.on('streamInitialized', resolve))
  },
  listSizes() {
    return this.player.getRepresentationsByType('video').map(({ height }) => height)
  },
  chooseSize(height) {
    const wanted = this.player
      .getRepresentationsByType('video')
      .find((representation) => representation.height === height)
    this.player.setRepresentationForTypeById('video', wanted.id, true)
  },
  listLanguages() {
    return this.player.getTracksFor('audio').map(({ lang }) => lang)
  },
  chooseLanguage(language) {
    const tracks = this.player.getTracksFor('audio')
    this.player.setCurrentTrack(tracks.find(({ lang }) => lang === language))
  },
}

/** The loudest frequency that is heard, in Hz; 0 while nothing is. */
let analyser = null
window.listen = async () => {
  if (!analyser) {
    const context = new AudioContext()
    await context.resume()
    analyser = context.createAnalyser()
    analyser.fftSize = 8192
    context.createMediaElementSource(video).connect(analyser).connect(context.destination)
  }
  const loudness = new Uint8Array(analyser.frequencyBinCount)
  analyser.getByteFrequencyData(loudness)
  const loudest = loudness.indexOf(Math.max(...loudness))
  return loudness[loudest] === 0 ? 0 : (loudest * analyser.context.sampleRate) / analyser.fftSize
}
