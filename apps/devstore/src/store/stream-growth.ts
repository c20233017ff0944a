/** Tells those who follow a stream that it has grown. */
export class StreamGrowth {
  private readonly followers = new Map<string, Set<() => void>>();

  /** Answers the function that ends it. */
  follow(stream: string, wake: () => void): () => void {
    const followers = this.followers.get(stream) ?? new Set();
    this.followers.set(stream, followers);
    followers.add(wake);
    return () => {
      followers.delete(wake);
      if (followers.size === 0) this.followers.delete(stream);
    };
  }

  grown(stream: string): void {
    this.followers.get(stream)?.forEach((wake) => wake());
  }
}
