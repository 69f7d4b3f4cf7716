package io.spotplane.contracts.vocabulary;

/** What a capacity request asks for: machines with GPUs, or plain nodes by vCPU and memory. */
public enum RequestKind {
    GPU,
    NODE
}
