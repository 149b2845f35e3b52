# docker build -t digitservice .                                     TorchSharp's libtorch, from NuGet
# docker build -t digitservice --build-arg LIBRARY_SOURCE=system .   Debian's libtorch
#
# With BuildKit, docker's builder since version 23, only the stages of the chosen source are built.
ARG LIBRARY_SOURCE=nuget
ARG SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0
ARG RUNTIME_IMAGE=mcr.microsoft.com/dotnet/aspnet:10.0
ARG DEBIAN_IMAGE=debian:12-slim

FROM ${SDK_IMAGE} AS sdk
FROM ${RUNTIME_IMAGE} AS aspnet

FROM sdk AS build-nuget

# There is no .NET 10 image of Debian, but .NET itself is the same wherever there is glibc.
FROM ${DEBIAN_IMAGE} AS build-system
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        ca-certificates cmake g++ libgif-dev libopenblas0-pthread libopencv-imgcodecs-dev libssl3 libtorch-dev make \
    && rm -rf /var/lib/apt/lists/*
COPY --from=sdk /usr/share/dotnet /usr/share/dotnet
RUN ln -s /usr/share/dotnet/dotnet /usr/bin/dotnet
ENV DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1

FROM build-${LIBRARY_SOURCE} AS build
ARG LIBRARY_SOURCE
WORKDIR /source

# What is restored depends on these files alone.
COPY global.json Directory.Build.props Directory.Build.targets Directory.Packages.props ./
COPY src/DigitService/DigitService.csproj src/DigitService/
COPY src/DigitService.Recognition/DigitService.Recognition.csproj src/DigitService.Recognition/
COPY src/LibTorch/LibTorch.csproj src/LibTorch/
COPY src/OpenCv/OpenCv.csproj src/OpenCv/
RUN dotnet restore src/DigitService --use-current-runtime

# The C++ takes longer than all the rest, and changes seldom.
COPY src/LibTorch/native src/LibTorch/native
COPY src/OpenCv/native src/OpenCv/native
RUN if [ "$LIBRARY_SOURCE" = system ]; then \
        dotnet msbuild src/LibTorch -nologo -t:BuildNative && dotnet msbuild src/OpenCv -nologo -t:BuildNative; \
    fi

COPY .editorconfig ./
COPY src src
COPY wwwroot wwwroot
RUN dotnet publish src/DigitService -c Release --no-restore --disable-build-servers --use-current-runtime --no-self-contained \
        -p:UseAppHost=false -p:DebugType=none -o /app

FROM aspnet AS run-nuget

FROM ${DEBIAN_IMAGE} AS run-system
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        ca-certificates libgif7 libopenblas0-pthread libopencv-imgcodecs406 libssl3 libtorch1.13 \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --gid 1654 app \
    && useradd --no-log-init --uid 1654 --gid 1654 --create-home app
COPY --from=aspnet /usr/share/dotnet /usr/share/dotnet
RUN ln -s /usr/share/dotnet/dotnet /usr/bin/dotnet

FROM run-${LIBRARY_SOURCE} AS final
LABEL org.opencontainers.image.title=DigitService \
      org.opencontainers.image.description="A service that reads handwritten digits" \
      org.opencontainers.image.licenses=MIT

# A new volume has the owner of the folder that it is mounted over.
RUN install -d -o 1654 -g 1654 /var/lib/digitservice/models /var/lib/digitservice/runs /var/lib/digitservice/feedback
WORKDIR /app
COPY container/start container/healthy /usr/local/bin/
COPY data/mnist data/mnist
COPY models models
COPY --from=build /app ./

ENV ASPNETCORE_URLS=http://*:8080 \
    Models__Folder=/var/lib/digitservice/models \
    Training__Folder=/var/lib/digitservice/runs \
    Feedback__Folder=/var/lib/digitservice/feedback
USER 1654
VOLUME /var/lib/digitservice/models /var/lib/digitservice/runs /var/lib/digitservice/feedback
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["healthy"]
ENTRYPOINT ["start"]
