# The Scheduler role. Build from the root of the repository: docker build -f deploy/scheduler.Dockerfile -t inference-broker-scheduler .
# Both base images can be replaced, for example by ones from your own registry.
ARG SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0
ARG RUNTIME_IMAGE=mcr.microsoft.com/dotnet/aspnet:10.0

FROM ${SDK_IMAGE} AS build
WORKDIR /source
COPY . .
RUN dotnet publish src/Scheduler/InferenceBroker.Scheduler.csproj -c Release -o /app --nologo

FROM ${RUNTIME_IMAGE}
WORKDIR /app
COPY --from=build /app .
# 1654 is the user "app" of Microsoft's images; by number it works on any other image too.
RUN mkdir -p /data && chown 1654:1654 /data && chmod 0700 /data
# A container listens on all its addresses: who reaches it is decided by the ports that are published. The larger first generation saves collections;
# inline completions save a change of threads for each answer of a socket (nothing in the roles blocks a thread on one).
ENV ASPNETCORE_HTTP_PORTS=8080 \
    BROKER_DATA=/data \
    DOTNET_GCgen0size=0x2000000 \
    DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS=1
USER 1654:1654
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=10s --start-period=60s --retries=3 CMD ["dotnet", "InferenceBroker.Scheduler.dll", "--health"]
ENTRYPOINT ["dotnet", "InferenceBroker.Scheduler.dll"]
