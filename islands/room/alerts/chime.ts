/** Plays the sound of a new message: two taps on a tin can. */
export function chime(): void {
  try {
    const audio = new AudioContext();
    const end = audio.currentTime + 0.5;
    tap(audio, { at: audio.currentTime, pitch: 660 });
    tap(audio, { at: audio.currentTime + 0.11, pitch: 880 });
    setTimeout(() => void audio.close(), (end - audio.currentTime) * 1000 + 100);
  } catch {
    // No sound device, or no right to use it.
  }
}

function tap(audio: AudioContext, { at, pitch }: { at: number; pitch: number }): void {
  const tone = new OscillatorNode(audio, { type: "triangle", frequency: pitch });
  const volume = new GainNode(audio, { gain: 0 });
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(0.18, at + 0.008);
  volume.gain.exponentialRampToValueAtTime(0.001, at + 0.32);
  tone.connect(volume).connect(audio.destination);
  tone.start(at);
  tone.stop(at + 0.35);
}
